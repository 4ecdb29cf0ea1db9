"""What a person reads at the start: the keys, and a curl that works as it stands."""

import sys
from typing import Final

from service.config import Settings
from service.reports import ApiKeys

_ENDED: Final = "(ended: `seti keys list` tells which there are)"


def print_banner(settings: Settings, keys: ApiKeys) -> None:
    """Print where Seti listens and with which test keys, on stderr: stdout is for the log."""
    networks = ", ".join(str(network) for network in settings.webhook_allow) or "none"
    sys.stderr.write(
        f"""
Seti listens on {settings.base_url}

  Secret key       {keys.secret or _ENDED}
  Publishable key  {keys.publishable or _ENDED}
  Data             {settings.data_dir.absolute()}
  Reference        {settings.base_url}/docs
  Deliveries may reach public addresses, and of private networks: {networks}

Save a card:

  curl {settings.base_url}/v1/setup_intents -u {keys.secret or "YOUR_SECRET_KEY"}: \\
    -d "payment_method_types[]=card" -d payment_method=pm_card_visa -d confirm=true

"""
    )
    sys.stderr.flush()
