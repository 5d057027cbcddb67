import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client';
import { Mark } from './icons';
import { go, useLocation } from './router';
import classes from './shell.module.css';

export default function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation();
  const { query } = useLocation();
  const [token, setToken] = useState('');
  const [failure, setFailure] = useState<'wrong' | 'lost' | null>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const answer = await send('POST', '/api/v1/signin', { token: token.trim() }).catch(() => null);
    if (answer === null) setFailure('lost');
    else if (answer.status === 204) {
      if (query.has('link')) go('/');
      onSignedIn();
    } else setFailure('wrong');
  };
  return (
    <main className={classes.signin}>
      <form onSubmit={(event) => void submit(event)}>
        <Mark />
        <h1 className="title">{t('signin.title')}</h1>
        <p style={{ margin: 0 }}>{t(query.has('link') ? 'signin.used' : 'signin.text')}</p>
        <PasswordInput
          label={t('signin.token')}
          value={token}
          autoComplete="off"
          onChange={(event) => setToken(event.currentTarget.value)}
          error={failure === null ? undefined : t(failure === 'lost' ? 'signin.lost' : 'signin.wrong')}
        />
        <Button type="submit" size="sm" disabled={token.trim() === ''}>{t('signin.submit')}</Button>
      </form>
    </main>
  );
}
