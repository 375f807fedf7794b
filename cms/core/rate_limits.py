"""How often one client may ask for what is costly: counted by the minute, in the cache.

With a cache in each process's memory every web process counts for itself; a shared one (CACHE_URL) counts exactly. The
libraries for this neither know how many proxies stand in front nor say when to come again, and are longer than this.
"""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60  # seconds
IPV6_NETWORK = 64  # bits; a household or an office has all the addresses of such a network


def seconds_to_wait(request: HttpRequest, limit: str) -> int:
    """Counts a request under a limit of ``settings.RATE_LIMITS`` (requests a minute for each client).

    0 when it is within the limit, else the seconds after which the client may come again.
    """
    minute, into_it = divmod(int(time.time()), MINUTE)
    key = f"rate-limit:{limit}:{client(request)}:{minute}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # the cache was full and dropped it
        return 0
    return MINUTE - into_it if count > settings.RATE_LIMITS[limit] else 0


def client(request: HttpRequest) -> str:
    """The address that a request came from, of IPv6 its network; empty where there is none (a Unix socket).

    Anybody can write anything into X-Forwarded-For: each of our own proxies (``settings.PROXIES``) adds at its end
    whom it was asked by, so only that many entries from the end are true.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.PROXIES
    candidates = [forwarded[-proxies]] if 0 < proxies <= len(forwarded) else []
    for text in [*candidates, request.META.get("REMOTE_ADDR", "")]:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            continue
        if isinstance(address, ipaddress.IPv4Address):
            return str(address)
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), IPV6_NETWORK), strict=False).network_address)
    return ""
