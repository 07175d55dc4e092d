/** The steps of a move, in their order; as `stepNames` of plugins/cubemig-common, which scripts cannot import. */
export const steps = [
  'preflight',
  'pre-pull',
  'checkpoint',
  'restore',
  'validate',
  'cut-over',
  'clean-up',
];
