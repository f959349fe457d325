import type { Clock, Store, Taken } from '../ports.ts';

/**
 * How long what a host had taken from its queues stays hidden after that host is gone, in milliseconds, counted from the
 * last time it renewed its hold; 0 gives it back at once.
 */
export interface Redelivery {
  readonly messagesMs: number;
  readonly activitiesMs: number;
}

/** What is given back as soon as nobody works on it. */
export const AT_ONCE: Redelivery = { messagesMs: 0, activitiesMs: 0 };

/** One piece of work that is under way. */
export interface Delivery {
  /** It is over; what it was made of left the queue with its commit. */
  end(): void;
  /** It could not be done now: it may be taken again after so many milliseconds. */
  giveBack(afterMs: number): void;
  /** The host died in it: what it had taken comes again when the hold runs out. */
  lose(): void;
}

/**
 * A hub's hold on the work that it takes up. The real provider hides a message for its queue's visibility timeout and
 * renews that at half time while the work goes on; whoever is killed renews no more (golden 6.2; measured on 3.19.0).
 */
export interface Deliveries {
  take(work: Taken): Delivery;
  /** Loses all that is under way. */
  loseAll(): void;
}

interface Settings {
  readonly store: Store;
  readonly clock: Clock;
  readonly redelivery: Redelivery;
  /**
   * Calls something again and again. With it the hold is written down while the work goes on, for a process that may be
   * killed; without it only when it is lost, which does for a host that cannot die unseen.
   */
  readonly every?: (ms: number, renew: () => void) => { stop(): void };
}

export function createDeliveries({ store, clock, redelivery, every }: Settings): Deliveries {
  const held = new Set<Delivery>();

  function take(work: Taken): Delivery {
    const ms = work.kind === 'messages' ? redelivery.messagesMs : redelivery.activitiesMs;
    const takenAt = clock.now();
    const hold = (from: number): void => store.hide(work, from + ms);
    const isWritten = every !== undefined && ms > 0;
    if (isWritten) hold(takenAt);
    const renewals = isWritten ? every(ms / 2, () => hold(clock.now())) : undefined;
    const letGo = (): void => {
      renewals?.stop();
      held.delete(delivery);
    };
    const delivery: Delivery = {
      end: letGo,
      giveBack(afterMs) {
        letGo();
        if (isWritten || afterMs > 0) store.hide(work, clock.now() + afterMs);
      },
      lose() {
        letGo();
        if (ms === 0) return;
        const renewed = Math.floor((clock.now() - takenAt) / (ms / 2));
        hold(takenAt + renewed * (ms / 2));
      },
    };
    held.add(delivery);
    return delivery;
  }

  return {
    take,
    loseAll() {
      for (const delivery of held) delivery.lose();
    },
  };
}
