/// What more today's release knows of addresses, VLANs, routing and who is plugged in where.
extension LibreNMSRoutes {
    static let network: [Route<LibreNMSCall>] = [
        Route("GET", "/api/v0/resources/vlans", "list_vlans") { call in
            let rows = call.wanted.flatMap { row in
                call.vlans(of: row).map { vlan -> Value in
                    .object(
                        [
                            .init("vlan_id", .integer(row.index * 5_000 + vlan.number)),
                            .init("device_id", .integer(row.device.id)),
                        ] + Column.object(vlan, VLANRow.schema.columns(in: .list)).members)
                }
            }
            return call.list("vlans", of: rows, empty: "VLANs do not exist")
        },
        Route("GET", "/api/v0/routing/vrf/{id}", "get_vrf") { call in
            guard let id = Int(call["id"]) else { return call.failed(400, "Invalid id has been provided") }
            return call.list(
                "vrf", of: call.vrfRows.filter { $0["vrf_id"].number == id },
                empty: "VRF \(id) does not exist")
        },
        Route("GET", "/api/v0/routing/ipsec/data/{hostname}", "list_ipsec") { call in
            guard let row = call.device else {
                return call.failed(400, "No valid hostname or device ID provided")
            }
            return call.list("ipsec", of: call.tunnels(of: row))
        },
        Route("GET", "/api/v0/routing/mpls/services", "list_mpls_services") {
            $0.failed(404, "MPLS Services do not exist")
        },
        Route("GET", "/api/v0/routing/mpls/saps", "list_mpls_saps") { $0.failed(404, "SAPs do not exist") },
        Route("GET", "/api/v0/ospf_ports", "list_ospf_ports") { $0.list("ospf_ports", of: $0.ospfPorts) },
        Route("GET", "/api/v0/ospfv3", "list_ospfv3") { $0.list("ospfv3_neighbours", of: []) },
        Route("GET", "/api/v0/ospfv3_ports", "list_ospfv3_ports") { $0.list("ospfv3_ports", of: []) },
        Route("GET", "/api/v0/resources/fdb", "list_fdb") { call in
            call.list("ports_fdb", of: call.learnt, empty: "Fdb do not exist", counts: false)
        },
        Route("GET", "/api/v0/resources/fdb/{mac}/detail", "list_fdb_detail") { $0.learntDetail() },
        Route("GET", "/api/v0/resources/ip/addresses/{address_family?}", "list_ip_addresses") { call in
            call.list("ip_addresses", of: call.addresses.map(\.row), empty: "IP addresses do not exist")
        },
        Route("GET", "/api/v0/resources/ip/networks/{address_family?}", "list_ip_networks") { call in
            let numbers = Set(call.addresses.map(\.network)).sorted()
            let rows: [Value] = numbers.map { number in
                [
                    "ipv4_network_id": .integer(number),
                    "ipv4_network": .text("10.\((number - 1) >> 8).\((number - 1) & 255).0/24"),
                    "context_name": nil,
                ]
            }
            return call.list("ip_networks", of: rows, empty: "IP networks do not exist")
        },
        Route("GET", "/api/v0/resources/ip/networks/{id}/ip", "get_network_ip_addresses") { call in
            let rows = call.addresses.filter { String($0.network) == call["id"] }.map(\.row)
            return call.list("addresses", of: rows, empty: "IP network \(call["id"]) does not exist")
        },
        Route("GET", "/api/v0/resources/nac", "list_nac") { call in
            call.list("nac", of: call.view.devices.flatMap(call.guests), empty: "NAC entries do not exist")
        },
        Route("GET", "/api/v0/resources/nac/{mac}", "list_nac_mac") { call in
            let rows = call.view.devices.flatMap(call.guests).filter { $0["mac_address"].word == call["mac"] }
            return call.list("nac", of: rows, empty: "NAC entries do not exist")
        },
        Route("GET", "/api/v0/devices/{hostname}/nac", "get_nac") { call in
            guard let row = call.device else {
                return call.failed(404, "Device \(call["hostname"]) not found")
            }
            return call.list("nac", of: call.guests(row), empty: "NAC entries do not exist")
        },
        Route("GET", "/api/v0/port_security", "get_port_security") { call in
            call.list("port_security", of: call.view.devices.flatMap(call.portSecurity))
        },
        Route("GET", "/api/v0/port_security/device/{hostname}", "get_port_security_by_hostname") { call in
            guard let row = call.device else {
                return call.failed(404, "Device \(call["hostname"]) not found")
            }
            return call.list("port_security", of: call.portSecurity(row))
        },
        Route("GET", "/api/v0/port_security/port/{portid}", "get_port_security_by_port") { call in
            guard let row = Int(call["portid"]).flatMap(call.view.port) else {
                return call.failed(404, "Port \(call["portid"]) does not exist")
            }
            let rows = call.portSecurity(row.device).filter { $0["port_id"].number == row.port.id }
            return call.list("port_security", of: rows)
        },
        Route("GET", "/api/v0/devices/{hostname}/port_stack", "get_port_stack") { call in
            guard let row = call.device else {
                return call.failed(404, "Device \(call["hostname"]) not found")
            }
            let rows: [Value] = row.device.ports.map { index in
                [
                    "device_id": .integer(row.device.id), "port_id_high": 0,
                    "port_id_low": .integer(call.view.network.ports[index].id), "ifStackStatus": "active",
                ]
            }
            return call.list("mappings", of: call.query["valid_mappings"] == nil ? rows : [])
        },
        Route("GET", "/api/v0/devices/{hostname}/wireless-sensors", "get_device_wireless_sensors") { call in
            guard call.device != nil else { return call.failed(404, "Device \(call["hostname"]) not found") }
            // No device of this network has a radio.
            return call.list("wireless_sensors", of: [])
        },
        Route(
            "GET", "/api/v0/devices/{hostname}/wireless/{type?}/{sensor_id?}",
            "list_available_wireless_graphs"
        ) { call in
            guard call.device != nil else { return call.failed(404, "Device \(call["hostname"]) not found") }
            return call.list("graphs", of: [])
        },
    ]
}

extension LibreNMSCall {
    /// The device that the query names, or all.
    fileprivate var wanted: [DeviceRow] {
        query["hostname"].map { view.device(named: $0).map { [$0] } ?? [] } ?? view.devices
    }

    fileprivate func tunnels(of row: DeviceRow) -> [Value] {
        guard row.addition == nil, row.device.role == .firewall, !row.device.isOdd else { return [] }
        return (1...2).map { number in
            [
                "hostname": .text(row.device.hostname), "tunnel_id": .integer(row.index * 4 + number),
                "device_id": .integer(row.device.id), "peer_port": 500,
                "peer_addr": .text("192.0.2.\(number + 80)"), "local_addr": .text(row.device.address),
                "local_port": 500, "tunnel_name": .text("branch-\(number)"), "tunnel_status": "active",
            ]
        }
    }

    fileprivate var ospfPorts: [Value] {
        routers.flatMap { row in
            view.links(of: row.index).prefix(2).enumerated().map { number, link in
                [
                    "id": .integer(link.local.id), "device_id": .integer(row.device.id),
                    "port_id": .integer(link.local.id), "ospf_port_id": .text("\(row.device.address).0"),
                    "ospfIfIpAddress": .text(row.device.address), "ospfAddressLessIf": 0,
                    "ospfIfAreaId": "0.0.0.0", "ospfIfType": "pointToPoint", "ospfIfAdminStat": "enabled",
                    "ospfIfRtrPriority": 1, "ospfIfHelloInterval": 10, "ospfIfRtrDeadInterval": 40,
                    "ospfIfState": .text(
                        view.life.isBroken(link.local, at: view.tick) ? "down" : "pointToPoint"),
                    "ospfIfEvents": .integer(number + 3), "ospfIfAuthKey": "s3cret-ospf",
                    "ospfIfAuthType": "md5",
                    "ospfIfMetricValue": 10, "context_name": "",
                ]
            }
        }
    }

    // MARK: Addresses

    /// The addresses of all devices, each with the number of its network of 256.
    fileprivate var addresses: [(network: Int, row: Value)] {
        guard parameters["address_family"] != "ipv6" else { return [] }
        return view.devices.compactMap { row in
            let parts = row.device.address.split(separator: ".").compactMap { Int($0) }
            guard row.addition == nil, parts.count == 4, parts[0] == 10,
                let port = view.addressPort(of: row.index)
            else { return nil }
            let network = parts[1] << 8 + parts[2] + 1
            return (
                network,
                [
                    "ipv4_address_id": .integer(row.device.id), "ipv4_address": .text(row.device.address),
                    "ipv4_prefixlen": 24, "ipv4_network_id": .integer(network), "port_id": .integer(port.id),
                    "context_name": nil,
                ]
            )
        }
    }

    // MARK: Who is plugged in

    /// Some ports of access switches that lead to nobody's equipment.
    private func plugs(_ row: DeviceRow) -> [Port] {
        guard row.addition == nil, row.device.role == .access, !row.device.isOdd else { return [] }
        return Array(
            row.device.ports.lazy.map { view.network.ports[$0] }.filter { $0.use == .spare }.prefix(2))
    }

    fileprivate func guests(_ row: DeviceRow) -> [Value] {
        plugs(row).map { port in
            let isKnown = port.id % 3 != 0
            return [
                "ports_nac_id": .integer(port.id), "auth_id": .text(String(port.id, radix: 16)),
                "device_id": .integer(row.device.id), "port_id": .integer(port.id), "domain": "data",
                "username": .text(isKnown ? "host/pc\(port.id)" : ""),
                "mac_address": .text(PortColumns.hexadecimal(port.mac ?? Int(port.id))),
                "ip_address": .text("172.20.\(port.id >> 8 & 255).\(port.id & 255)"),
                "host_mode": "multiAuth",
                "authz_status": .text(isKnown ? "authorizationSuccess" : "authorizationFailed"),
                "authz_by": "Authentication Server",
                "authc_status": .text(isKnown ? "authcSuccess" : "authcFailed"),
                "method": "dot1x", "timeout": "0", "time_left": nil, "vlan": .integer(isKnown ? 10 : 0),
                "time_elapsed": .text(String(view.tick + 4_000)), "historical": 0,
            ]
        }
    }

    fileprivate func portSecurity(_ row: DeviceRow) -> [Value] {
        plugs(row).map { port in
            [
                "id": .integer(port.id), "port_id": .integer(port.id), "device_id": .integer(row.device.id),
                "port_security_enable": "true",
                "status": .text(port.rest == .up ? "secure-up" : "secure-down"),
                "max_addresses": 2, "address_count": .integer(port.rest == .up ? 1 : 0),
                "violation_action": "restrict", "violation_count": .integer(port.id % 11 == 0 ? 4 : 0),
                "last_mac_address": port.mac.map { .text(PortColumns.hexadecimal($0)) } ?? nil,
                "sticky_enable": "true",
            ]
        }
    }
}
