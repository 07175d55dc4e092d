import { ReactNode } from 'react';
import TablePagination from '@material-ui/core/TablePagination';
import { useWords } from '../translation';
import { useUrlFields } from '../url';

/**
 * A list that is here whole, page by page; which one is in the URL, counted from 1.
 *
 * @param field - of the URL, for lists that stand beside others
 * @returns the page's items, and what turns the pages, if there is more than one
 */
export function usePages<T>(
  items: T[],
  size: number,
  field = 'page',
): { shown: T[]; pager?: ReactNode } {
  const t = useWords();
  const [{ [field]: given }, setFields] = useUrlFields([field]);
  const last = Math.max(0, Math.ceil(items.length / size) - 1);
  const page = Math.min(
    Math.max(0, Math.floor(Number(given ?? 1)) - 1 || 0),
    last,
  );
  const shown = items.slice(page * size, (page + 1) * size);
  if (last === 0) return { shown };
  return {
    shown,
    pager: (
      <TablePagination
        component="div"
        count={items.length}
        page={page}
        rowsPerPage={size}
        rowsPerPageOptions={[size]}
        labelDisplayedRows={({ from, to, count }) =>
          t('common.range', {
            from: from.toLocaleString(),
            to: to.toLocaleString(),
            total: count.toLocaleString(),
          })
        }
        backIconButtonText={t('common.previous')}
        nextIconButtonText={t('common.next')}
        onPageChange={(_, to) =>
          setFields({ [field]: to > 0 ? String(to + 1) : undefined })
        }
      />
    ),
  };
}
