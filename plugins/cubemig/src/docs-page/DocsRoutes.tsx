import { Route, Routes } from 'react-router-dom';
import { DocsPage } from './DocsPage';

/** The docs: what is in them, and each page. */
export const DocsRoutes = () => (
  <Routes>
    <Route path="/" element={<DocsPage />} />
    <Route path="/:name" element={<DocsPage />} />
  </Routes>
);
