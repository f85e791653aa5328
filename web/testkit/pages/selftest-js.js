import { main } from './selftest.js';

onmessage = (event) => main(event.data);
