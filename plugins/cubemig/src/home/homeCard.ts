/** The home page's card, as both frontend systems take it. */
export const homeCard = {
  name: 'CubemigOverview',
  title: 'CubeMig',
  description:
    'Open alerts, decisions that wait for approval, and migrations on their way',
  components: () =>
    import('./HomeState').then(({ HomeState }) => ({ Content: HomeState })),
  layout: {
    width: { minColumns: 3, defaultColumns: 12 },
    height: { minRows: 3, defaultRows: 4 },
  },
};
