import type { Rule } from '../Rule';
import { fileRules } from './fileRules';
import { networkRules } from './networkRules';
import { processRules } from './processRules';

export const RULES: Rule[] = [...processRules, ...fileRules, ...networkRules];
