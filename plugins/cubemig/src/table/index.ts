export { CursorPager } from './CursorPager';
export { DataTable } from './DataTable';
export type { Column, Sorting } from './DataTable';
export { FilterBar } from './FilterBar';
export { SelectFilter } from './SelectFilter';
export { TextFilter } from './TextFilter';
export { usePages } from './usePages';
export { useKept } from './useKept';
