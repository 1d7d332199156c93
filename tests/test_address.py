import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbortui import address


@pytest.mark.parametrize(
    ("pasted", "normal"),
    [
        ("https://harbor.example.com", "https://harbor.example.com"),
        (" HTTPS://Harbor.Example.com:443/ ", "https://harbor.example.com"),
        ("harbor.example.com", "https://harbor.example.com"),
        ("localhost:8443", "https://localhost:8443"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("https://harbor/harbor/projects/1/repositories", "https://harbor"),
        ("https://harbor/account/sign-in?redirect_url=x", "https://harbor"),
        ("https://harbor/harbor/projects#top", "https://harbor"),
        ("https://harbor/api/v2.0/", "https://harbor"),
        ("https://proxy/registry/", "https://proxy/registry"),
        ("https://[0:0::1]:8443", "https://[::1]:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://my_harbor", "https://my_harbor"),
    ],
)
def test_what_people_paste_becomes_an_address(pasted, normal):
    assert address.normal(pasted) == normal
    assert address.normal(normal) == normal


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        ("", "an address is missing"),
        (" ", "an address is missing"),
        ("https://", "no host name"),
        ("ftp://harbor", "starts with https://"),
        ("file:///etc/passwd", "starts with https://"),
        ("https://admin:Harbor12345@harbor", "does not belong"),
        ("https://admin@harbor", "does not belong"),
        ("https://harbor:99999", "cannot be read"),
        ("https://harbor:0", "from 1 to 65535"),
        ("https://harbor:x", "cannot be read"),
        ("https://harbor?x", r"before \?"),
        ("https://a b", "no host name"),
        ("https://a/../b", "plain names"),
        ("https://a//b", "plain names"),
        ("https://a\x1b", "invisible"),
        ("https://[::1", "cannot be read"),
        ("https://[fe80::1%eth0]", "no IPv6"),
        ("https://[v1.x]", "no IPv6"),
        ("https://-a", "no host name"),
        ("https://" + "a" * 70, "no host name that can be used"),
        ("https://a..b", "no host name that can be used"),
    ],
)
def test_what_is_no_address_says_why_and_keeps_what_was_in_it(pasted, reason):
    with pytest.raises(ValueError, match=reason) as caught:
        address.normal(pasted)
    assert "12345" not in str(caught.value)


@given(st.text() | st.from_regex(r"https?://[a-z\[\]:.0-9@/?#%\\]*", fullmatch=True))
def test_any_text_is_an_address_or_a_sentence(text):
    try:
        normal = address.normal(text)
    except ValueError:
        return
    assert address.normal(normal) == normal
    assert address.host_port(normal).rpartition(":")[2].isdigit()


@pytest.mark.parametrize(
    ("url", "filed"),
    [
        ("https://harbor.example.com", "harbor.example.com:443"),
        ("http://harbor:8080", "harbor:8080"),
        ("http://harbor", "harbor:80"),
        ("https://[::1]", "[::1]:443"),
    ],
)
def test_certificates_are_filed_by_host_and_port(url, filed):
    assert address.host_port(url) == filed


@pytest.mark.parametrize(
    ("url", "readable"),
    [
        ("http://harbor.example.com", True),
        ("http://127.0.0.1.example.com", True),
        ("http://10.0.0.1", True),
        ("http://localhost.example.com", True),
        ("http://127.9.9.9:8080", False),
        ("http://[::1]", False),
        ("http://localhost:8080", False),
        ("http://dev.localhost", False),
        ("https://harbor.example.com", False),
    ],
)
def test_http_can_be_read_on_the_way_except_on_this_machine(url, readable):
    assert address.is_open(url) is readable
