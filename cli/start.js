import { runInModernNode } from './modern-node.js';

await runInModernNode('start');
