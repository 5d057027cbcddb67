import { ActionIcon } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons';
import { useMe } from './me';
import { Tip } from './Tip';

const UserPanel = lazy(() => import('./UserPanel'));

/** Who is signed in. The menu is loaded when it is first asked for. */
export function UserMenu() {
  const { t } = useTranslation();
  const [used, setUsed] = useState(false);
  const label = t('user.menu', { user: useMe()?.user ?? '' });
  const button = (
    <Tip label={label}>
      <ActionIcon aria-label={label} aria-haspopup="dialog" onClick={() => setUsed(true)}><Icon name="person" /></ActionIcon>
    </Tip>
  );
  return used ? <Suspense fallback={button}><UserPanel /></Suspense> : button;
}
