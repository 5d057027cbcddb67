import { ActionIcon, Button, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons';
import { signOut, useMe } from './me';

/** Who is signed in, and the way out; open at first. */
export default function UserPanel() {
  const { t } = useTranslation();
  const user = useMe()?.user ?? '';
  const label = t('user.menu', { user });
  return (
    <Popover defaultOpened position="bottom-end" width={260} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon aria-label={label}><Icon name="person" /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <p style={{ margin: 0 }}>{t('user.signedIn', { user })}</p>
        <Button fullWidth variant="default" my="sm" data-autofocus onClick={() => void signOut()}>{t('user.signOut')}</Button>
        <p className="quiet small" style={{ margin: 0 }}>{t('user.signOutHint')}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
