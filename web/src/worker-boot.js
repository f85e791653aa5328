// Starts the compiled worker: the page makes a module worker of this file.
import { main } from './worker.js';

main([]);
