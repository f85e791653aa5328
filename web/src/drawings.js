// The pictures to try with, drawn on a canvas when they are wanted: no file of anybody's is shipped.
// Plain shapes in plain colours, as the embedded model has seen them in its training, placed by hand.

const colours = {
  red: '#dc2626', green: '#1f9d3a', blue: '#2452d6', yellow: '#eed71f', orange: '#ee7d16', purple: '#8a2bb5',
  black: '#161616', white: '#f6f6f6', gray: '#8a8c8a', cyan: '#3fc6d3', brown: '#85522b',
};

/** Corners of a star, a diamond and so on, in a square from -1 to 1. */
const outlines = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  triangle: [[0, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  star: Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 ? 0.4 : 1;
    const angle = Math.PI * (i / 5 - 0.5);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }),
};
const arm = 0.34;
outlines.cross = [[-arm, -1], [arm, -1], [arm, -arm], [1, -arm], [1, arm], [arm, arm], [arm, 1], [-arm, 1], [-arm, arm], [-1, arm],
  [-1, -arm], [-arm, -arm]];

/** Draws one shape around x, y (parts of width and height), `half` (a part of the width) to each side. */
function shape(context, { width, height }, [colour, name, x, y, half]) {
  context.fillStyle = colours[colour];
  context.beginPath();
  if (name === 'circle') {
    context.arc(x * width, y * height, half * width, 0, 2 * Math.PI);
  } else {
    for (const [dx, dy] of outlines[name]) {
      context.lineTo(x * width + dx * half * width, y * height + dy * half * width);
    }
  }
  context.fill();
}

/** A canvas of a ground and what `paint` puts on it. */
function canvas(width, height, ground, paint) {
  const element = Object.assign(document.createElement('canvas'), { width, height });
  const context = element.getContext('2d');
  context.fillStyle = colours[ground];
  context.fillRect(0, 0, width, height);
  paint(context, element);
  return element;
}

function shapes(name, width, height, ground, list) {
  const draw = () => canvas(width, height, ground, (context, element) => list.forEach((one) => shape(context, element, one)));
  return { name, shapes: true, draw };
}

function sign(context, { width, height }) {
  context.fillStyle = colours.white;
  context.fillRect(0.08 * width, 0.2 * height, 0.84 * width, 0.6 * height);
  context.fillStyle = colours.black;
  context.textAlign = 'center';
  context.font = `bold ${Math.round(0.17 * height)}px sans-serif`;
  context.fillText('TEA ROOM', width / 2, 0.47 * height);
  context.font = `${Math.round(0.11 * height)}px sans-serif`;
  context.fillText('open until 7 pm', width / 2, 0.67 * height);
}

/** Each with a name, whether it shows shapes alone, and `draw()`, which makes a canvas. */
export const drawings = [
  shapes('A blue square and a red circle', 320, 320, 'white', [['red', 'circle', 0.2, 0.5, 0.13], ['blue', 'square', 0.8, 0.2, 0.13]]),
  shapes('A yellow square, a green cross and a purple star', 340, 300, 'cyan',
    [['yellow', 'square', 0.2, 0.2, 0.13], ['green', 'cross', 0.8, 0.22, 0.13], ['purple', 'star', 0.8, 0.8, 0.13]]),
  shapes('A red diamond, an orange triangle and a green square', 340, 300, 'gray',
    [['red', 'diamond', 0.2, 0.2, 0.07], ['orange', 'triangle', 0.5, 0.78, 0.07], ['green', 'square', 0.8, 0.8, 0.07]]),
  shapes('A white cross and a black square', 300, 340, 'brown', [['white', 'cross', 0.2, 0.2, 0.13], ['black', 'square', 0.8, 0.8, 0.13]]),
  shapes('A yellow star', 300, 300, 'cyan', [['yellow', 'star', 0.5, 0.5, 0.13]]),
  { name: 'A sign with words', shapes: false, draw: () => canvas(420, 300, 'brown', sign) },
];
