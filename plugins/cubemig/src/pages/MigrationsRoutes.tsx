import { Route, Routes } from 'react-router-dom';
import { MigrationPage } from '../migration-page';
import { MigrationsPage } from '../migrations-page';

/** The list of all migrations, and each one's own page below it. */
export const MigrationsRoutes = () => (
  <Routes>
    <Route path="/" element={<MigrationsPage />} />
    <Route path="/:id" element={<MigrationPage />} />
  </Routes>
);
