#!/usr/bin/env node
import { runInModernNode } from './modern-node.js';

await runInModernNode('main');
