export interface Config {
  cubemig?: {
    /**
     * Guides newcomers through a first run, on the home page and on the dashboard: the entity with whose pod they begin, for example
     * `component:default/counter`. For demos; without it nobody is guided.
     *
     * @visibility frontend
     */
    firstRun?: string;
  };
}
