import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Queries by role take long on pages styled by Material UI, longer still on a busy machine.
configure({ asyncUtilTimeout: 60_000 });
