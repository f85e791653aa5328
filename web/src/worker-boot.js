// Starts the compiled client as a worker: the page makes a module worker of this file.
import { main } from './samovar.js';

main(['worker']);
