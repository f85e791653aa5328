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
  const stack = wasm.stackSave();
  const sizes = wasm.stackAlloc(POINTER * dims.length);
  dims.forEach((size, i) => wasm.setValue(sizes + i * POINTER, size, 'i32'));
  const handle = wasm._OrtCreateTensor(TYPES.indexOf(tensor.type), buffer, data.byteLength, sizes, dims.length, CPU);
  wasm.stackRestore(stack);
  return handle === 0 ? fail(wasm, "Can't create an input tensor.") : handle;
}

/** A runner for a session of the wasm device: feeds in, outputs in the session's order; those not named in hostOutputs stay. */
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
  const onHost = outputNames.map((name) => hostOutputs.includes(name));

  async function run(feeds) {
    const made = [];
    const buffers = [];
    try {
      inputNames.forEach((name, i) => {
        let value = feeds[name].handle;
        if (value === undefined) {
          value = upload(wasm, feeds[name], buffers);
          made.push(value);
        }
        wasm.setValue(values + i * POINTER, value, '*');
      });
      outputNames.forEach((_, i) => wasm.setValue(outputs + i * POINTER, 0, '*'));
      const code = await wasm._OrtRun(
        handle, inputTable, values, inputNames.length, outputTable, outputNames.length, outputs, runOptions);
      if (code !== 0) {
        fail(wasm, 'failed to call OrtRun().');
      }
      return onHost.map((host, i) => {
        const value = wasm.getValue(outputs + i * POINTER, '*');
        return host ? toHost(wasm, value) : new HeapTensor(wasm, value);
      });
    } finally {
      made.forEach((value) => wasm._OrtReleaseTensor(value));
      buffers.forEach((buffer) => wasm._free(buffer));
    }
  }

  function free() {
    wasm._OrtReleaseRunOptions(runOptions);
    allocated.forEach((at) => wasm._free(at));
  }

  return { run, free };
}
