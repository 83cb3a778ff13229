/// How what panes, details and commands of LibreNMS use is reached, and the test that goes over HTTP for it.
extension Reach {
    static let libreNMS: [String: Reach] = [
        "GET /devices": Reach(
            "pane devices; `get devices`; the search by MAC, IPv4, IPv6: type one into `:`, or `get devices --search`",
            "LibreNMS over HTTP: lists / both dialects give the same devices and ports of one world, and the same alerts"
        ),
        "GET /devices/{id}": Reach(
            "detail of a device",
            "LibreNMS: the sections of a device / over HTTP: every section of a switch and a router"),
        "POST /devices": Reach(
            "`:` add a device",
            "LibreNMS over HTTP: devices that change / a device is added by each version of SNMP; secrets are sent and shown nowhere"
        ),
        "DELETE /devices/{id}": Reach(
            "`:` delete the device",
            "LibreNMS over HTTP: devices that change / a device is deleted, and its absence is the evidence"),
        "PATCH /devices/{id}": Reach(
            "`:` change a field of the device",
            "LibreNMS over HTTP: devices that change / a field is updated and read back; one that is not there is not sent"
        ),
        "GET /devices/{id}/graphs": Reach(
            "`v` in the detail of a device",
            "LibreNMS over HTTP: graphs / get_graphs lists what a device has, and get_graph_generic_by_hostname draws it"
        ),
        "GET /devices/{id}/{type}": Reach(
            "Enter in the list of `v`; `w` saves it",
            "Graphs of a server on the screen / a device's graph is drawn in cells, at another range, and saved as the file the server drew"
        ),
        "GET /devices/{id}/ports": Reach(
            "pane ports where a server has no list of all; ports in the detail of a device",
            "LibreNMS over HTTP: lists / an old server's ports cost a request per device, in as many requests as there are devices"
        ),
        "GET /devices/{id}/ports/{name}": Reach(
            "detail of a port, where a server knows ports by name only",
            "LibreNMS: the sections of a device / over HTTP: ports by name, whatever it holds"),
        "GET /devices/{id}/ports/{name}/{type}": Reach(
            "`v` in the detail of a port",
            "LibreNMS over HTTP: graphs / get_graph_by_port_hostname draws ports whose names hold slashes"),
        "GET /oxidized": Reach(
            "detail of a device; `get oxidized`",
            "LibreNMS: the sections of a device / over HTTP: the list for Oxidized"),
        "GET /devices/{id}/groups": Reach(
            "detail of a device",
            "LibreNMS: the sections of a device / over HTTP: every section of a switch and a router"),
        "GET /devicegroups": Reach(
            "`get groups`; groups in the detail of a device",
            "LibreNMS: the sections of a device / over HTTP: groups and their devices, whatever their name holds"
        ),
        "GET /devicegroups/{name}": Reach(
            "detail of a group; `groups:` as a filter and `b` in the pane devices",
            "LibreNMS: the sections of a device / over HTTP: groups and their devices, whatever their name holds"
        ),
        "GET /bgp": Reach(
            "BGP sessions in the detail of a device",
            "LibreNMS: the sections of a device / over HTTP: every section of a switch and a router"),
        "GET /devices/{id}/vlans": Reach(
            "VLANs in the detail of a device",
            "LibreNMS: the sections of a device / over HTTP: every section of a switch and a router"),
        "GET /inventory/{hostname}": Reach(
            "inventory in the detail of a device, unfolded in place with `-`; the detail of a part lists what it contains",
            "LibreNMS over HTTP: the inventory as a tree / a device's inventory is unfolded level by level to its last part"
        ),
        "GET /alerts": Reach(
            "pane alerts; `get alerts`",
            "LibreNMS over HTTP: lists / both dialects give the same devices and ports of one world, and the same alerts"
        ),
        "GET /alerts/{id}": Reach(
            "detail of an alert that is no longer open; what is read before a command on one",
            "Coverage of LibreNMS' API / every reading function arrives at a server of each dialect that has it"
        ),
        "PUT /alerts/{id}": Reach(
            "`a`: acknowledge",
            "LibreNMS over HTTP: acknowledging and unmuting / acknowledge and unmute are sent once each and verified"
        ),
        "PUT /alerts/unmute/{id}": Reach(
            "`u`: unmute",
            "LibreNMS over HTTP: acknowledging and unmuting / acknowledge and unmute are sent once each and verified"
        ),
        "GET /rules": Reach(
            "pane rules; `get rules`",
            "LibreNMS over HTTP: rules / switching a rule changes that alone, maps included, there and back"),
        "GET /rules/{id}": Reach(
            "detail of a rule; what is read before it is edited",
            "LibreNMS over HTTP: rules / an edit shows what changes, keeps the number, and is read back"),
        "POST /rules": Reach(
            "`E`: add rule",
            "LibreNMS over HTTP: rules / a rule is added once, found by its name, and deleted"),
        "PUT /rules": Reach(
            "`e`: edit rule",
            "LibreNMS over HTTP: rules / an edit shows what changes, keeps the number, and is read back"),
        "DELETE /rules/{id}": Reach(
            "`K`: delete rule",
            "LibreNMS over HTTP: rules / a rule is added once, found by its name, and deleted"),
        "GET /bills": Reach(
            "pane bills; `get bills`; by reference and customer: type it into `:`, or `get bills --search`",
            "LibreNMS: bills / over HTTP: bills, one bill, the customer's bills"),
        "GET /bills/{id}": Reach(
            "detail of a bill", "LibreNMS: bills / over HTTP: bills, one bill, the customer's bills"),
        "GET ": Reach(
            "what a server offers: sections and commands follow from it",
            "Coverage of LibreNMS' API / every reading function arrives at a server of each dialect that has it"
        ),
        "GET /logs/alertlog": Reach(
            "what fired, in the list and the detail of alerts; their history",
            "LibreNMS: what fired / over HTTP: ports, sensors and sessions that are wrong are named; 2016 has no such log and asks for none"
        ),
        "GET /logs/alertlog/{hostname}": Reach(
            "what fired, in the list and the detail of alerts; their history; timeline (`t`) of an alert",
            "LibreNMS: what fired / over HTTP: ports, sensors and sessions that are wrong are named; 2016 has no such log and asks for none"
        ),
        "GET /resources/sensors": Reach(
            "pane sensors; `get sensors`",
            "LibreNMS: sensors and services of all devices / over HTTP: sensors and services lead to their details and devices; 2016 offers none of them"
        ),
        "GET /services": Reach(
            "pane services; `get services`",
            "LibreNMS: sensors and services of all devices / over HTTP: sensors and services lead to their details and devices; 2016 offers none of them"
        ),
        "GET /services/{hostname}": Reach(
            "services in the detail of a device",
            "LibreNMS: sensors and services of all devices / over HTTP: sensors and services lead to their details and devices; 2016 offers none of them"
        ),
        "GET /logs/eventlog": Reach(
            "pane logs; `get events`; event log in the detail of a device",
            "LibreNMS: event log and syslog of all devices / over HTTP: the newest lines of both, each with a detail by its number; an event of a port leads to it"
        ),
        "GET /logs/eventlog/{hostname}": Reach(
            "event log in the detail of a device; timeline (`t`) of a device, port, alert",
            "LibreNMS: what its logs say of an entity / over HTTP: device, port and alert have logs in order, by the clock of a server in another zone"
        ),
        "GET /logs/syslog": Reach(
            "pane logs; `get syslog`",
            "LibreNMS: event log and syslog of all devices / over HTTP: the newest lines of both, each with a detail by its number; an event of a port leads to it"
        ),
        "GET /logs/syslog/{hostname}": Reach(
            "pane logs; `get syslog`",
            "LibreNMS: event log and syslog of all devices / over HTTP: the newest lines of both, each with a detail by its number; an event of a port leads to it"
        ),
        "GET /ports/mac/{mac}": Reach(
            "where an address is: type one into `:`, or `get where --search`",
            "LibreNMS: where an address is / over HTTP: a port's MAC is found at itself and at the port that leads there; 2016 knows the first"
        ),
        "GET /resources/fdb/{mac}": Reach(
            "where an address is",
            "LibreNMS: where an address is / over HTTP: a port's MAC is found at itself and at the port that leads there; 2016 knows the first"
        ),
        "GET /resources/ip/arp/{query}": Reach(
            "where an address is",
            "LibreNMS: where an address is / over HTTP: a port's MAC is found at itself and at the port that leads there; 2016 knows the first"
        ),
        "GET /devices/{id}/ip": Reach(
            "addresses in the detail of a device",
            "LibreNMS: addresses, optics, routing and pollers of today's release / over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs"
        ),
        "GET /devices/{id}/transceivers": Reach(
            "transceivers in the detail of a device",
            "LibreNMS: addresses, optics, routing and pollers of today's release / over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs"
        ),
        "GET /devices/{id}/fdb": Reach(
            "MAC addresses in the detail of a device",
            "LibreNMS: addresses, optics, routing and pollers of today's release / over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs"
        ),
        "GET /ospf": Reach(
            "OSPF neighbours in the detail of a device",
            "LibreNMS: addresses, optics, routing and pollers of today's release / over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs"
        ),
        "GET /routing/bgp/cbgp": Reach(
            "BGP prefixes in the detail of a device",
            "LibreNMS: addresses, optics, routing and pollers of today's release / over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs"
        ),
        "GET /routing/vrf": Reach(
            "VRFs in the detail of a device",
            "LibreNMS: addresses, optics, routing and pollers of today's release / over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs"
        ),
        "GET /devices/{id}/wireless-sensors": Reach(
            "wireless sensors in the detail of a device; no body was recorded",
            "LibreNMS: addresses, optics, routing and pollers of today's release / over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs"
        ),
        "GET /ports/{id}/ip": Reach(
            "addresses in the detail of a port",
            "LibreNMS: addresses, optics, routing and pollers of today's release / a port has its addresses and what was learnt behind it, as recorded"
        ),
        "GET /ports/{id}/transceiver": Reach(
            "transceiver in the detail of a port",
            "LibreNMS: addresses, optics, routing and pollers of today's release / over HTTP: a core router has addresses, optics, learnt MACs, OSPF, prefixes and VRFs"
        ),
        "GET /ports/{id}/fdb": Reach(
            "MAC addresses in the detail of a port",
            "LibreNMS: addresses, optics, routing and pollers of today's release / a port has its addresses and what was learnt behind it, as recorded"
        ),
        "GET /pollers": Reach(
            "`!` and `nocturne check` name pollers that are late; `get pollers`",
            "LibreNMS: addresses, optics, routing and pollers of today's release / a poller that reports no more is late and named; none is no error; one that says no time is not well"
        ),
        "GET /pollers/log": Reach(
            "the server's time zone, where ports don't tell it",
            "LibreNMS: who the server is / where ports tell no zone, the log of polls does: its moments are those of the list in UTC"
        ),
        "GET /resources/locations": Reach(
            "`get locations`; the location in the detail of a device",
            "LibreNMS: locations / over HTTP: a device leads to its location, which leads back; 2016 has no list of them"
        ),
        "POST /devices/{id}/maintenance": Reach(
            "`M`: maintenance",
            "LibreNMS over HTTP: devices that change / maintenance is offered where it exists, and seen to have begun"
        ),
        "GET /devices/{id}/maintenance": Reach(
            "what is read before and after a maintenance",
            "LibreNMS over HTTP: devices that change / maintenance is offered where it exists, and seen to have begun"
        ),
        "POST /devicegroups/{name}/maintenance": Reach(
            "`M` in the detail of a group; `nocturne maintenance group/ID`",
            "LibreNMS: maintenance of groups and locations / over HTTP: a group and a location are silenced by their numbers, with how many devices that is, and seen to be"
        ),
        "POST /locations/{location}/maintenance": Reach(
            "`M` in the detail of a location; `nocturne maintenance location/ID`",
            "LibreNMS: maintenance of groups and locations / over HTTP: a group and a location are silenced by their numbers, with how many devices that is, and seen to be"
        ),
        "GET /devices/{id}/discover": Reach(
            "`:` discover the device; never read, since it does something",
            "LibreNMS: discovering devices and describing ports / over HTTP: a device is discovered by a GET that only leaves as a command, and is seen to be due, then done"
        ),
        "PATCH /ports/{id}/description": Reach(
            "`:` describe the port",
            "LibreNMS: discovering devices and describing ports / over HTTP: a port is described, read back, and given back to its device"
        ),
    ]
}
