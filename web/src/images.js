// Decodes images with the browser's own decoder and reads back the values that are stored in the file: colour profiles are not
// followed, and what is transparent keeps its colours. A 2D canvas spoils the latter, so they are read through WebGL2.
const options = { premultiplyAlpha: 'none', colorSpaceConversion: 'none', imageOrientation: 'from-image' };
// Pixels that are read back at a time, 4 bytes each.
const tilePixels = 1 << 22;
let shared = null;

/** One for all images: browsers have few of them. Null where there is no WebGL2. */
function context() {
  if (!shared || shared.isContextLost()) {
    shared = new OffscreenCanvas(1, 1).getContext('webgl2', { antialias: false, depth: false });
  }
  return shared;
}

/** Copies red, green and blue of a tile to its place in the whole. */
function place(rgba, x, y, width, height, rgb, stride) {
  let from = 0;
  for (let row = y; row < y + height; row++) {
    let to = 3 * (row * stride + x);
    for (const end = to + 3 * width; to < end; to += 3, from += 4) {
      rgb[to] = rgba[from];
      rgb[to + 1] = rgba[from + 1];
      rgb[to + 2] = rgba[from + 2];
    }
  }
}

/** Reads tile by tile, none wider or higher than `side`, until one fails; whether all went well. */
function tiles({ width, height }, side, read) {
  const wide = Math.min(width, side);
  const high = Math.max(1, Math.min(height, side, Math.floor(tilePixels / wide)));
  for (let y = 0; y < height; y += high) {
    for (let x = 0; x < width; x += wide) {
      if (!read(x, y, Math.min(wide, width - x), Math.min(high, height - y))) {
        return false;
      }
    }
  }
  return true;
}

/** False as soon as a pixel is transparent. */
function readCanvas(bitmap, rgb) {
  let canvas = null;
  return tiles(bitmap, 4096, (x, y, width, height) => {
    // The first tile is the largest.
    canvas ??= new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    canvas.globalCompositeOperation = 'copy';
    canvas.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
    const rgba = canvas.getImageData(0, 0, width, height).data;
    for (let i = 3; i < rgba.length; i += 4) {
      if (rgba[i] !== 255) {
        return false;
      }
    }
    place(rgba, x, y, width, height, rgb, bitmap.width);
    return true;
  });
}

/** False where the graphics card, or what stands in for it, fails. */
function readTextures(gl, bitmap, rgb) {
  const texture = gl.createTexture();
  const framebuffer = gl.createFramebuffer();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  let rgba = null;
  const whole = tiles(bitmap, gl.getParameter(gl.MAX_TEXTURE_SIZE), (x, y, width, height) => {
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, x);
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, y);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    rgba ??= new Uint8Array(4 * width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, rgba);
    place(rgba, x, y, width, height, rgb, bitmap.width);
    return gl.getError() === gl.NO_ERROR;
  });
  gl.deleteFramebuffer(framebuffer);
  gl.deleteTexture(texture);
  return whole;
}

/** The image of an encoded file: {width, height, rgb}, upright, three bytes a pixel. Rejected where it cannot be decoded. */
export async function decodeImage(bytes, type) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), options);
  try {
    const { width, height } = bitmap;
    const rgb = new Uint8Array(3 * width * height);
    // The canvas is faster, and exact as long as nothing is transparent.
    if (!readCanvas(bitmap, rgb) && !(context() && readTextures(context(), bitmap, rgb))) {
      throw new DOMException('images with transparency need WebGL2, which fails here', 'NotSupportedError');
    }
    return { width, height, rgb };
  } finally {
    bitmap.close();
  }
}

/** The bytes behind an address, `null` for more than `most`. Rejected where nothing comes, or not within the time. */
export async function fetchBytes(url, most, millis) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error(`no whole answer within ${millis / 1000} s`)), millis);
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok) {
      throw new Error(`the server answered with status ${response.status}`);
    }
    const pieces = [];
    let length = 0;
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) {
        return new Uint8Array(await new Blob(pieces).arrayBuffer());
      }
      pieces.push(value);
      length += value.length;
      if (length > most) {
        return null;
      }
    }
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}
