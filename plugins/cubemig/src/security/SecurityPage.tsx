import { Route, Routes } from 'react-router-dom';
import { AlertPage } from '../alert-page';
import { Dashboard } from './Dashboard';

/** The dashboard, and each alert's own page below it. */
export const SecurityPage = () => (
  <Routes>
    <Route path="/" element={<Dashboard />} />
    <Route path="/alerts/:id" element={<AlertPage />} />
  </Routes>
);
