import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Connected } from './Connected';
import { ConnectForm } from './ConnectForm';
import { RemoveEndpoint } from './RemoveEndpoint';
import type { Connection, Endpoint, Outcome } from './queries';

export type Existing = { endpoint: Endpoint; connection: Connection };
type Step = { at: 'form' } | { at: 'connected'; name: string; outcome: Outcome | null } | { at: 'remove'; existing: Existing };

/** Connects a model, changes one that is connected, or removes it. */
export default function ConnectDialog({ existing, onClose }: { existing?: Existing; onClose: () => void }) {
  const { t } = useTranslation('models');
  const [step, setStep] = useState<Step>({ at: 'form' });
  const title =
    step.at === 'connected' ? t('connected.title', { name: step.name })
    : step.at === 'remove' ? t('remove.title', { name: step.existing.endpoint.name })
    : existing ? t('connect.edit', { name: existing.endpoint.name })
    : t('connect.title');
  return (
    <Modal opened onClose={onClose} size={680} title={<span className="title">{title}</span>} closeButtonProps={{ 'aria-label': t('shell:close') }}>
      {step.at === 'form' && (
        <ConnectForm
          existing={existing}
          onSaved={(name, outcome) => setStep({ at: 'connected', name, outcome })}
          onRemove={existing && (() => setStep({ at: 'remove', existing }))}
        />
      )}
      {step.at === 'connected' && <Connected name={step.name} outcome={step.outcome} fresh={!existing} onClose={onClose} />}
      {step.at === 'remove' && <RemoveEndpoint existing={step.existing} onBack={() => setStep({ at: 'form' })} onClose={onClose} />}
    </Modal>
  );
}
