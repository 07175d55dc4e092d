import { act, renderHook } from '@testing-library/react';
import { usePolling } from './usePolling';

function hideTab(isHidden: boolean) {
  Object.defineProperty(document, 'hidden', {
    configurable: true,
    get: () => isHidden,
  });
}

function tellVisibility() {
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

const advance = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

describe('usePolling', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    hideTab(false);
    jest.useRealTimers();
  });

  it('asks at once, and again after the interval', async () => {
    let count = 0;
    const load = jest.fn(async () => ++count);
    const { result } = renderHook(() => usePolling(load, 1000));
    expect(result.current.isLoading).toBe(true);
    await advance(0);
    expect(result.current).toMatchObject({ value: 1, isLoading: false });
    await advance(1000);
    expect(result.current.value).toBe(2);
  });

  it('keeps the last value while polls fail, and says that it is stale', async () => {
    const load = jest
      .fn()
      .mockResolvedValueOnce('first')
      .mockRejectedValueOnce(new Error('gone'))
      .mockResolvedValue('second');
    const { result } = renderHook(() => usePolling(load, 1000));
    await advance(0);
    await advance(1000);
    expect(result.current).toMatchObject({ value: 'first', isStale: true });
    await advance(1000);
    expect(result.current).toMatchObject({ value: 'second', isStale: false });
    expect(result.current.error).toBeUndefined();
  });

  it('asks nothing while the tab is hidden, and catches up when it is shown', async () => {
    const load = jest.fn(async () => 'value');
    renderHook(() => usePolling(load, 1000));
    await advance(0);
    hideTab(true);
    tellVisibility();
    await advance(10_000);
    expect(load).toHaveBeenCalledTimes(1);
    hideTab(false);
    tellVisibility();
    await advance(0);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('asks again after an answer that was under way when a refresh was wanted', async () => {
    const answers: ((value: string) => void)[] = [];
    const load = jest.fn(
      () => new Promise<string>(resolve => answers.push(resolve)),
    );
    const { result } = renderHook(() => usePolling(load, undefined));
    result.current.refresh();
    expect(load).toHaveBeenCalledTimes(1);
    answers[0]('old');
    await advance(0);
    expect(load).toHaveBeenCalledTimes(2);
    answers[1]('new');
    await advance(0);
    expect(result.current.value).toBe('new');
  });

  it('drops the value and late answers of what it asked for before', async () => {
    let answerLate = (_: string) => {};
    const first = () => new Promise<string>(resolve => (answerLate = resolve));
    const second = async () => 'second';
    const { result, rerender } = renderHook(
      ({ load }) => usePolling(load, undefined),
      { initialProps: { load: first } },
    );
    rerender({ load: second });
    await advance(0);
    answerLate('first');
    await advance(0);
    expect(result.current.value).toBe('second');
  });
});
