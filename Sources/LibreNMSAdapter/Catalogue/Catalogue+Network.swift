internal import AdapterKit
internal import HTTP

/// Routing, switching and ports.
extension Catalogue {
    static let routing = [
        route("BGP sessions", "Routing", Path.sessions, [.get: "list_bgp"]),
        route(
            "BGP session", "Routing", "/bgp/{bgpPeer_id}", [.get: "get_bgp", .post: "edit_bgp_descr"],
            "POST changes its description."),
        route(
            "BGP prefix counters", "Routing", Path.prefixes, [.get: "list_cbgp"], "404 where there is none."),
        route("OSPF neighbours", "Routing", Path.ospf, [.get: "list_ospf"]),
        route("OSPF ports", "Routing", "/ospf_ports", [.get: "list_ospf_ports"]),
        route("OSPFv3 neighbours", "Routing", "/ospfv3", [.get: "list_ospfv3"]),
        route("OSPFv3 ports", "Routing", "/ospfv3_ports", [.get: "list_ospfv3_ports"]),
        route("VRFs", "Routing", Path.vrfs, [.get: "list_vrf"], "404 where there is none."),
        route("VRF", "Routing", "/routing/vrf/{vrf_id}", [.get: "get_vrf"]),
        route("IPsec tunnels of a device", "Routing", "/routing/ipsec/data/{hostname}", [.get: "list_ipsec"]),
        route("MPLS services", "Routing", "/routing/mpls/services", [.get: "list_mpls_services"]),
        route("MPLS SAPs", "Routing", "/routing/mpls/saps", [.get: "list_mpls_saps"]),
        route("IP addresses", "Routing", "/resources/ip/addresses", [.get: "list_ip_addresses"]),
        route(
            "IP addresses of one family", "Routing", "/resources/ip/addresses/{address_family}",
            [.get: "list_ip_addresses"], "`ipv4` or `ipv6`."),
        route("IP networks", "Routing", "/resources/ip/networks", [.get: "list_ip_networks"]),
        route(
            "IP networks of one family", "Routing", "/resources/ip/networks/{address_family}",
            [.get: "list_ip_networks"], "`ipv4` or `ipv6`."),
        route(
            "IP addresses of a network", "Routing", "/resources/ip/networks/{ipv4_network_id}/ip",
            [.get: "get_network_ip_addresses"]),
        route(
            "ARP entries of an address", "Routing", Path.arp, [.get: "list_arp"],
            "An IP address, a MAC address, or `all` with `device`."),
        route(
            "ARP entries of a network", "Routing", "/resources/ip/arp/{query}/{cidr}",
            [.get: "list_arp"], "A network and the length of its prefix."),
    ]

    static let switching = [
        route("VLANs", "Switching", "/resources/vlans", [.get: "list_vlans"]),
        route("VLANs of a device", "Switching", Path.deviceVLANs, [.get: "get_vlans"]),
        route("Links", "Switching", "/resources/links", [.get: "list_links"], "404 where there is none."),
        route("Link", "Switching", "/resources/links/{id}", [.get: "get_link"]),
        route(
            "Links of a device", "Switching", Path.deviceLinks, [.get: "list_links_device"],
            "404 where there is none."),
        route("MAC addresses (FDB)", "Switching", "/resources/fdb", [.get: "list_fdb"]),
        route("Ports that learnt a MAC address", "Switching", Path.learntMAC, [.get: "list_fdb_mac"]),
        route(
            "Ports that learnt a MAC address, with names", "Switching", "/resources/fdb/{mac}/detail",
            [.get: "list_fdb_detail"]),
        route("MAC addresses of a device (FDB)", "Switching", Path.deviceFDB, [.get: "get_fdb"]),
        route("NAC sessions", "Switching", "/resources/nac", [.get: "list_nac"], "404 where there is none."),
        route("NAC sessions of a MAC address", "Switching", "/resources/nac/{mac}", [.get: "list_nac_mac"]),
        route("NAC sessions of a device", "Switching", "/devices/{id}/nac", [.get: "get_nac"]),
    ]

    static let ports = [
        route(
            "Ports", "Ports", Path.ports, [.get: "get_all_ports"],
            "Only ids and names unless `columns` asks for more."),
        route("Port", "Ports", Path.port, [.get: "get_port_info"]),
        route("MAC addresses of a port (FDB)", "Ports", Path.portFDB, [.get: "get_port_fdb"]),
        route("IP addresses of a port", "Ports", Path.portAddresses, [.get: "get_port_ip_info"]),
        route("Transceivers of a port", "Ports", Path.portTransceiver, [.get: "get_port_transceiver"]),
        route(
            "Description of a port", "Ports", Path.portDescription,
            [.get: "get_port_description", .patch: "update_port_description"],
            "An empty description gives it back to the device."),
        route(
            "Thresholds of a transceiver metric", "Ports", "/ports/transceiver/metric/{metric}",
            [.patch: "update_transceiver_metric_thresholds"]),
        route("Ports with a MAC address", "Ports", Path.portsByMAC, [.get: "search_mac"]),
        route(
            "Ports by a text", "Ports", "/ports/search/{search}", [.get: "search_ports"],
            "In `ifAlias`, `ifDescr` and `ifName`. 404 where there is none."),
        route(
            "Ports by a text of some fields", "Ports", "/ports/search/{field}/{search}",
            [.get: "search_ports"], "Fields with commas between them. 404 where there is none."),
        route("Port security", "Ports", "/port_security", [.get: "get_port_security"]),
        route(
            "Port security of a device", "Ports", "/port_security/device/{hostname}",
            [.get: "get_port_security_by_hostname"]),
        route(
            "Port security of a port", "Ports", "/port_security/port/{port_id}",
            [.get: "get_port_security_by_port"]),
    ]

    static let portGroups = [
        route(
            "Port groups", "Port groups", "/port_groups",
            [.get: "get_port_groups", .post: "add_port_group"], "404 where there is none."),
        route("Ports of a group", "Port groups", "/port_groups/{id}", [.get: "get_ports_by_group"]),
        route(
            "Add ports to a group", "Port groups", "/port_groups/{id}/assign",
            [.post: "assign_port_group"]),
        route(
            "Remove ports from a group", "Port groups", "/port_groups/{id}/remove",
            [.post: "remove_port_group"]),
        route(
            "Graph of ports by type of interface", "Port groups", "/portgroups/{group}",
            [.get: "get_graph_by_portgroup"], "Types with commas between them. The answer is an image."),
        route(
            "Graph of several ports", "Port groups", "/portgroups/multiport/bits/{id}",
            [.get: "get_graph_by_portgroup_multiport_bits"],
            "Port ids with commas between them. The answer is an image."),
    ]
}
