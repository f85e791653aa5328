// Runs a session of the wasm device with its tensors left where they are: in WebAssembly's memory, as ONNX Runtime's own values.
// onnxruntime-web copies every output to JavaScript and every input back, the whole KV cache twice per token. Its C functions, which
// its own script calls in this same way, don't need that. Written against 1.30.0: lib/wasm/wasm-core-impl.ts, `run`.
// Delete this file when onnxruntime-web keeps outputs on its CPU device (preferredOutputLocation has no such place yet).

const TYPES = ['', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16'];
const ARRAYS = {
  float32: Float32Array, uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array, int32: Int32Array,
  int64: BigInt64Array, bool: Uint8Array, float16: Uint16Array,
};
const CPU = 1;
const POINTER = 4;
// A size of this name says of an output: made in the memory of the past that it goes on from, where that has room (samovar.onnx.GroupQueryAttention).
const ROOM = 'samovar/room';
const LEAST_ROOM = 256;

function fail(wasm, what) {
  const stack = wasm.stackSave();
  try {
    const at = wasm.stackAlloc(2 * POINTER);
    wasm._OrtGetLastError(at, at + POINTER);
    const text = wasm.getValue(at + POINTER, '*');
    throw new Error(`${what} ERROR_CODE: ${wasm.getValue(at, 'i32')}, ERROR_MESSAGE: ${text ? wasm.UTF8ToString(text) : ''}`);
  } finally {
    wasm.stackRestore(stack);
  }
}

/** A value of ONNX Runtime; the face that the compiled client knows of ort.Tensor. Its owner disposes of it. */
class HeapTensor {
  #wasm;
  #info = null;

  constructor(wasm, handle) {
    this.#wasm = wasm;
    this.handle = handle;
    this.location = 'heap';
  }

  #read() {
    if (!this.#info) {
      const wasm = this.#wasm;
      const stack = wasm.stackSave();
      try {
        const at = wasm.stackAlloc(4 * POINTER);
        if (wasm._OrtGetTensorData(this.handle, at, at + POINTER, at + 2 * POINTER, at + 3 * POINTER) !== 0) {
          fail(wasm, "Can't access a tensor's data.");
        }
        const type = TYPES[wasm.getValue(at, 'i32')];
        const sizes = wasm.getValue(at + 2 * POINTER, '*');
        const dims = Array.from({ length: wasm.getValue(at + 3 * POINTER, 'i32') }, (_, i) => wasm.getValue(sizes + i * POINTER, 'i32'));
        wasm._OrtFree(sizes);
        this.#info = { type, dims, offset: wasm.getValue(at + POINTER, '*') };
      } finally {
        wasm.stackRestore(stack);
      }
    }
    return this.#info;
  }

  get type() {
    return this.#read().type;
  }

  get dims() {
    return this.#read().dims;
  }

  /** A copy. */
  get data() {
    const { type, dims, offset } = this.#read();
    const data = new ARRAYS[type](dims.reduce((product, size) => product * size, 1));
    new Uint8Array(data.buffer).set(this.#wasm.HEAPU8.subarray(offset, offset + data.byteLength));
    return data;
  }

  async getData() {
    return this.data;
  }

  dispose() {
    if (this.handle !== 0) {
      this.#wasm._OrtReleaseTensor(this.handle);
      this.handle = 0;
    }
  }
}

function create(wasm, type, buffer, bytes, dims) {
  const stack = wasm.stackSave();
  const sizes = wasm.stackAlloc(POINTER * dims.length);
  dims.forEach((size, i) => wasm.setValue(sizes + i * POINTER, size, 'i32'));
  const handle = wasm._OrtCreateTensor(TYPES.indexOf(type), buffer, bytes, sizes, dims.length, CPU);
  wasm.stackRestore(stack);
  return handle === 0 ? fail(wasm, "Can't create a tensor.") : handle;
}

/** Memory for keys or values, float32 [1, heads, room, width], shared by all that begin alike; freed with the last of them. */
class Block {
  holders = 0;

  constructor(wasm, [, heads, , width], tokens) {
    for (this.room = LEAST_ROOM; this.room < tokens;) {
      this.room *= 2;
    }
    Object.assign(this, { wasm, heads, width, tokens });
    const bytes = heads * this.room * width * 4;
    this.buffer = wasm._malloc(bytes);
    this.handle = this.buffer === 0 ? fail(wasm, 'Out of memory.') : create(wasm, 'float32', this.buffer, bytes, [1, heads, this.room, width]);
  }

  /** The numbers of one head's tokens. */
  head(index, tokens) {
    return new Float32Array(this.wasm.HEAPU8.buffer, this.buffer + index * this.room * this.width * 4, tokens * this.width);
  }

  release() {
    if (--this.holders <= 0) {
      this.wasm._OrtReleaseTensor(this.handle);
      this.wasm._free(this.buffer);
    }
  }
}

/** The first tokens of a block. */
class RoomyTensor {
  type = 'float32';
  location = 'heap';

  constructor(block, tokens) {
    this.block = block;
    this.dims = [1, block.heads, tokens, block.width];
    block.holders++;
  }

  /** A copy. */
  get data() {
    const [, heads, tokens, width] = this.dims;
    const data = new Float32Array(heads * tokens * width);
    for (let i = 0; i < heads; i++) {
      data.set(this.block.head(i, tokens), i * tokens * width);
    }
    return data;
  }

  async getData() {
    return this.data;
  }

  dispose() {
    this.block?.release();
    this.block = null;
  }
}

/** The block of a past where more tokens fit behind it, which nobody has written yet; else a new one with the past in it. */
function roomFor(wasm, past, tokens) {
  const [, heads, before, width] = past.dims;
  if (past.block?.tokens === before && past.block.room >= tokens) {
    return past.block;
  }
  const block = new Block(wasm, past.dims, tokens);
  const data = past.data;
  for (let i = 0; i < heads; i++) {
    block.head(i, before).set(data.subarray(i * before * width, (i + 1) * before * width));
  }
  return block;
}

/** An output that stays in JavaScript: data at once, value released. */
function toHost(wasm, handle) {
  const tensor = new HeapTensor(wasm, handle);
  const host = { type: tensor.type, dims: tensor.dims, data: tensor.data, location: 'cpu', dispose() {}, getData: async () => host.data };
  tensor.dispose();
  return host;
}

function names(wasm, list, allocated) {
  const table = wasm._malloc(list.length * POINTER);
  allocated.push(table);
  list.forEach((name, i) => {
    const length = wasm.lengthBytesUTF8(name) + 1;
    const text = wasm._malloc(length);
    allocated.push(text);
    wasm.stringToUTF8(name, text, length);
    wasm.setValue(table + i * POINTER, text, '*');
  });
  return table;
}

function upload(wasm, tensor, buffers) {
  const { data, dims } = tensor;
  const buffer = wasm._malloc(data.byteLength);
  buffers.push(buffer);
  wasm.HEAPU8.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), buffer);
  return create(wasm, tensor.type, buffer, data.byteLength, dims);
}

/**
 * A runner for a session of the wasm device: feeds in, outputs in the session's order, or a promise of them; those not named in hostOutputs stay.
 * Nothing on this device suspends a run, so that where ONNX Runtime's own function is at hand no promise is made for a token.
 */
export function heapRunner(wasm, session, hostOutputs) {
  const { inputNames, outputNames } = session;
  const handle = session.handler.sessionId;
  const allocated = [];
  const inputTable = names(wasm, inputNames, allocated);
  const outputTable = names(wasm, outputNames, allocated);
  const values = wasm._malloc((inputNames.length + outputNames.length) * POINTER);
  allocated.push(values);
  const outputs = values + inputNames.length * POINTER;
  const runOptions = wasm._OrtCreateRunOptions(2, 0, false, 0);
  const start = wasm._OrtRunNow ?? wasm._OrtRun;
  const onHost = outputNames.map((name) => hostOutputs.includes(name));
  // For each output the name of the past that it may share memory with.
  const pasts = session.outputMetadata.map(({ name, shape }) => (shape?.[2] === ROOM ? name.replace('present', 'past_key_values') : null));

  function place(feeds, { made, buffers, blocks, tokens }) {
    pasts.forEach((past, i) => {
      blocks[i] = past && roomFor(wasm, feeds[past], tokens);
      wasm.setValue(outputs + i * POINTER, blocks[i] ? blocks[i].handle : 0, '*');
    });
    inputNames.forEach((name, i) => {
      let value = blocks[pasts.indexOf(name)]?.handle ?? feeds[name].handle;
      if (value === undefined) {
        value = upload(wasm, feeds[name], buffers);
        made.push(value);
      }
      wasm.setValue(values + i * POINTER, value, '*');
    });
  }

  function take({ blocks, tokens }, code) {
    if (code !== 0) {
      fail(wasm, 'failed to call OrtRun().');
    }
    return onHost.map((host, i) => {
      if (blocks[i]) {
        blocks[i].tokens = tokens;
        return new RoomyTensor(blocks[i], tokens);
      }
      const value = wasm.getValue(outputs + i * POINTER, '*');
      return host ? toHost(wasm, value) : new HeapTensor(wasm, value);
    });
  }

  function clean({ made, buffers, blocks }) {
    made.forEach((value) => wasm._OrtReleaseTensor(value));
    buffers.forEach((buffer) => wasm._free(buffer));
    // New ones of a run that failed.
    blocks.forEach((block) => block?.holders === 0 && block.release());
  }

  function run(feeds) {
    const call = { made: [], buffers: [], blocks: [], tokens: feeds.attention_mask?.dims[1] };
    try {
      place(feeds, call);
      const code = start(handle, inputTable, values, inputNames.length, outputTable, outputNames.length, outputs, runOptions);
      if (typeof code !== 'number') {
        return code.then((value) => take(call, value)).finally(() => clean(call));
      }
      const results = take(call, code);
      clean(call);
      return results;
    } catch (error) {
      clean(call);
      return Promise.reject(error);
    }
  }

  function free() {
    wasm._OrtReleaseRunOptions(runOptions);
    allocated.forEach((at) => wasm._free(at));
  }

  return { run, free };
}
