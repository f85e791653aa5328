// Starts the compiled client of the page of pictures as a worker: the page makes a module worker of this file.
import { main } from './samovar-pictures.js';

main(['worker']);
