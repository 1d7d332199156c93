"""The demo's 42 projects: owners, members, quotas, labels, and a proxy cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import retentions
from .answers import Json
from .permissions import ROLES

if TYPE_CHECKING:
    from .server import DemoHarbor

GIB = 2**30

PROJECTS = """
    library            public   admin     730    0.4     -
    smoke-dst          public   admin     320    0       -
    web-frontend       private  carol     365    5.2    25
    payments           private  alice     370    48     50
    identity           private  admin     500    1.4     -
    data-lake          private  dave      240    12     40
    ml-platform        private  carol      88    88    200
    observability      private  bob       366    9.7    40
    notifications      private  erin      150    0.9    10
    edge-gateway       private  frank     201    2.7    20
    mobile-api         private  grace     180    1.6    20
    billing            private  alice     0.13   0.8    10
    media-pipeline     private  heidi      75    14     60
    catalog            private  alice       2    2.2    10
    inventory          private  bob        41    4.1    20
    search-engine      private  ivan      130    3.8    30
    fraud-detection    private  judy       60    5.9    30
    analytics          private  admin     210    1.1     -
    ci-images          public   ci-team     9    31     60
    base-images        public   admin     410    6.4     -
    charts             public   admin       2    0.002   -
    sandbox            private  carol       5    8.6    10
    legacy-monolith    private  mallory   900    21      -
    security-tools     private  admin     340    2.3     -
    dev-portal         public   niaj      110    0       -
    docs-site          public   olivia    250    0.3     5
    iot-fleet          private  peggy      95    6.6    25
    geo-services       private  quentin    70    1.7    10
    crm                private  rupert    140    2.9    15
    data.science_lab-2 private  sybil      55    9.1    50
    terraform-modules  public   trent     300    0.04    5
    open-source        public   admin     620    0.7     -
    partner-acme       private  alice      30    0.2     5
    partner-globex     private  alice      30    0       5
    qa-env             private  bob        12    1.9    10
    staging-env        private  bob        12    2.0    10
    perf-lab           private  carol      12    3.3    10
    mirror-a           private  admin     120    58      -
    mirror-b           private  admin     120    0       -
    mirror-c           private  admin     120    0.6     -
    tiny-quota         private  admin      19    0.004   0.0049
    hub-cache          public   admin      41    17     20
"""
METADATA = {
    "payments": {
        "auto_scan": "true",
        "prevent_vul": "true",
        "severity": "critical",
        "reuse_sys_cve_allowlist": "false",
    },
    "web-frontend": {"auto_scan": "true", "enable_content_trust_cosign": "true"},
    "hub-cache": {"proxy_speed_kb": "-1"},
}
MEMBERS = """
    payments       admin:1 bob:4 carol:2 victor:2 fatima:3
    web-frontend   alice:2 dave:4 erin:3
    ml-platform    alice:3 bob:2
    analytics      alice:5 bob:1 heidi:2
    inventory      alice:4 carol:3
    ci-images      alice:2 bob:2 carol:2 k8s-pull:3
    base-images    bob:1 k8s-pull:3
    observability  carol:4 grace:2 trent:2 wendy:3
    tiny-quota     bob:1 carol:4 dave:2 erin:2 frank:3 grace:5
    sandbox        alice:2 bob:2 dave:2 erin:2 frank:2 grace:2 heidi:2 ivan:2 judy:2 mallory:2
"""
LABELS = """
    production       #C92100  g  Runs for customers
    deprecated       #737373  g  Will go with the next clean-up
    approved         #1D5100  g  Checked by security
    needs-review     #F57600  g  Somebody must look at this
    lts              #0065AB  g  Kept for three years
    export-control   #9B0D54  g  Ask legal before it leaves
    canary           #FFDC0B  3  Goes to one percent first
    pci              #781DA0  4  In scope of the card audit
    golden           #0095D3  20 The one to build upon
"""


def fill(demo: DemoHarbor) -> None:
    """Adds projects with their quotas and members, and the labels."""
    for number, line in enumerate(PROJECTS.strip().splitlines(), 1):
        _project(demo, number, *line.split())
    for line in MEMBERS.strip().splitlines():
        name, *members = line.split()
        for member in members:
            user, _, role = member.partition(":")
            join(demo, demo.project(name), demo.user(user), int(role))
    retentions.give(demo, demo.project("ci-images"), "latestPushedK", 10, "0 0 2 * * *")
    retentions.give(demo, demo.project("payments"), "nDaysSinceLastPush", 400, "0 0 3 * * 0")
    for line in LABELS.strip().splitlines():
        _label(demo, *line.split(None, 3))
    # What a user with the right to make labels can put on everybody's screen.
    _label(demo, "\x1b[31mL", "", "g", "[/] [@click=app.quit]q")


def _project(
    demo: DemoHarbor, number: int, name: str, access: str, owner: str, age: str, used: str, of: str
) -> None:
    made = demo.clock.stamp(days=float(age))
    user = demo.user(owner)
    public = {"public": str(access == "public").lower()}
    project = {
        "project_id": number,
        "name": name,
        "owner_id": user["user_id"],
        "owner_name": owner,
        "creation_time": made,
        "update_time": made,
        "metadata": public | METADATA.get(name, {}),
        "cve_allowlist": {"items": []},
    }
    project = demo.projects.add(project)
    limit = -1 if of == "-" else int(float(of) * GIB)
    quota(demo, project, limit, int(float(used) * GIB))
    join(demo, project, user, 1)
    if name == "hub-cache":
        project["registry_id"] = 1
        retentions.for_cache(demo, project)
    if name == "smoke-dst":
        # As on a registry that lives, ids of quotas and of projects do not go together.
        demo.quotas.burn()


def quota(demo: DemoHarbor, project: Json, hard: int, used: int = 0) -> Json:
    """Gives a project its quota: bytes, -1 for unlimited."""
    return demo.quotas.add(
        {
            "creation_time": project["creation_time"],
            "hard": {"storage": hard},
            "ref": {"id": project["project_id"], "name": project["name"], "owner_name": ""},
            "update_time": project["update_time"],
            "used": {"storage": used},
        }
    )


def join(demo: DemoHarbor, project: Json, user: Json, role: int) -> Json:
    """Makes a user a member of a project."""
    return demo.members.add(
        {
            "project_id": project["project_id"],
            "entity_id": user["user_id"],
            "entity_name": user["username"],
            "entity_type": "u",
            "role_id": role,
            "role_name": ROLES.get(role, ""),
        }
    )


def _label(demo: DemoHarbor, name: str, color: str, scope: str, description: str) -> None:
    project = 0 if scope == "g" else int(scope)
    made = demo.clock.stamp(days=300)
    demo.labels.add(
        {
            "name": name,
            "color": color,
            "description": description,
            "scope": "p" if project else "g",
            "project_id": project,
            "creation_time": made,
            "update_time": made,
        }
    )
