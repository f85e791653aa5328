onmessage = async ({data: {bundle, threads, steps, opts}}) => {
  const ort = await import('./' + bundle);
  ort.env.wasm.numThreads = threads; ort.env.logLevel='error';
  const bytes = new Uint8Array(await (await fetch('/bundled/tiny-chat/resolve/main/onnx/model.onnx')).arrayBuffer());
  const s = await ort.InferenceSession.create(bytes, {executionProviders:['wasm'], graphOptimizationLevel:'all', ...opts});
  const out = [];
  for (let rep=0; rep<4; rep++) {
    let feeds = {};
    for (const m of s.inputMetadata) if (m.name.startsWith('past')) feeds[m.name] = new ort.Tensor('float32', new Float32Array(0), [1,2,0,32]);
    const prompt = [581,304,198,298,294,268,305,302,13,582,198,581,281,198,308,279,220,18,314,220,19,30,582,198,581,280,198];
    let ids = prompt, cached = 0, t0;
    for (let i=0;i<steps;i++) {
      const n = ids.length;
      feeds.input_ids = new ort.Tensor('int64', BigInt64Array.from(ids.map(BigInt)), [1,n]);
      feeds.attention_mask = new ort.Tensor('int64', new BigInt64Array(cached+n).fill(1n), [1,cached+n]);
      feeds.position_ids = new ort.Tensor('int64', BigInt64Array.from(ids.map((_, k) => BigInt(cached+k))), [1,n]);
      const r = await s.run(feeds); cached += n;
      for (const k in r) if (k.startsWith('present')) feeds[k.replace('present','past_key_values')] = r[k];
      const l = r.logits.data, V = r.logits.dims[2]; let best=-1, bv=-1e9; const off=l.length-V;
      for (let j=0;j<V;j++) if (j!==582 && l[off+j]>bv) {bv=l[off+j];best=j;}
      ids=[best];
      if (i===0) t0=performance.now();
    }
    out.push(((steps-1)/(performance.now()-t0)*1000).toFixed(0));
  }
  postMessage(out.join(' '));
};
