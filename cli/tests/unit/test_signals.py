import os
import signal

import pytest

from dramatis.stack.signals import Interrupted, first_signal_interrupts


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_interrupts_and_later_ones_do_not(signum: signal.Signals) -> None:
    before = signal.getsignal(signum)
    with first_signal_interrupts():
        with pytest.raises(Interrupted, match=signum.name):
            os.kill(os.getpid(), signum)
        os.kill(os.getpid(), signum)
    assert signal.getsignal(signum) is before
