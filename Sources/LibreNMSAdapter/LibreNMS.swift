public import AdapterKit
internal import HTTP

/// LibreNMS, API v0, from the releases of 2016 to today's.
public enum LibreNMS {
    /// What the registry of adapters knows of it.
    public static let descriptor = AdapterDescriptor(
        kind: "librenms", title: "LibreNMS", basePath: "/api/v0", authentication: .token,
        credentialHeader: "X-Auth-Token",
        reads: Catalogue.entries.reads(and: Path.reads.map { ReadDeclaration($0) }),
        catalogue: Catalogue.entries, secrets: .libreNMS,
        make: { settings, transport in LibreNMSServer(settings, transport) })
}

/// The paths of the API that this adapter uses, below its base path.
enum Path {
    /// The list of routes, without a slash: releases of 2016 have none with one.
    static let root: PathTemplate = ""
    static let system: PathTemplate = "/system"
    static let devices: PathTemplate = "/devices"
    static let device: PathTemplate = "/devices/{id}"
    static let devicePorts: PathTemplate = "/devices/{id}/ports"
    static let devicePort: PathTemplate = "/devices/{id}/ports/{name}"
    static let deviceVLANs: PathTemplate = "/devices/{id}/vlans"
    static let deviceGraphs: PathTemplate = "/devices/{id}/graphs"
    static let deviceGroups: PathTemplate = "/devices/{id}/groups"
    static let deviceLinks: PathTemplate = "/devices/{id}/links"
    static let deviceOutages: PathTemplate = "/devices/{id}/outages"
    static let deviceAvailability: PathTemplate = "/devices/{id}/availability"
    static let eventLog: PathTemplate = "/logs/eventlog/{hostname}"
    static let eventLogOfAll: PathTemplate = "/logs/eventlog"
    static let syslog: PathTemplate = "/logs/syslog"
    static let sensors: PathTemplate = "/resources/sensors"
    static let services: PathTemplate = "/services"
    static let deviceServices: PathTemplate = "/services/{hostname}"
    static let deviceAddresses: PathTemplate = "/devices/{id}/ip"
    static let transceivers: PathTemplate = "/devices/{id}/transceivers"
    static let deviceFDB: PathTemplate = "/devices/{id}/fdb"
    static let wirelessSensors: PathTemplate = "/devices/{id}/wireless-sensors"
    static let ospf: PathTemplate = "/ospf"
    static let prefixes: PathTemplate = "/routing/bgp/cbgp"
    static let vrfs: PathTemplate = "/routing/vrf"
    static let portAddresses: PathTemplate = "/ports/{id}/ip"
    static let portTransceiver: PathTemplate = "/ports/{id}/transceiver"
    static let portFDB: PathTemplate = "/ports/{id}/fdb"
    static let pollers: PathTemplate = "/pollers"
    static let portsByMAC: PathTemplate = "/ports/mac/{mac}"
    static let learntMAC: PathTemplate = "/resources/fdb/{mac}"
    static let arp: PathTemplate = "/resources/ip/arp/{query}"
    static let alertLogOfAll: PathTemplate = "/logs/alertlog"
    static let alertLog: PathTemplate = "/logs/alertlog/{hostname}"
    static let health: PathTemplate = "/devices/{id}/health"
    static let healthKind: PathTemplate = "/devices/{id}/health/{kind}"
    static let sensor: PathTemplate = "/devices/{id}/health/{kind}/{sensor}"
    static let wholeInventory: PathTemplate = "/inventory/{hostname}/all"
    static let maintenance: PathTemplate = "/devices/{id}/maintenance"
    /// Written to, as the same of a location.
    static let groupMaintenance: PathTemplate = "/devicegroups/{name}/maintenance"
    static let locationMaintenance: PathTemplate = "/locations/{location}/maintenance"
    /// A GET that does something, so that it is never read.
    static let discover: PathTemplate = "/devices/{id}/discover"
    /// Written to.
    static let portDescription: PathTemplate = "/ports/{id}/description"
    static let locations: PathTemplate = "/resources/locations"
    static let pollerLog: PathTemplate = "/pollers/log"
    static let sessions: PathTemplate = "/bgp"
    static let inventory: PathTemplate = "/inventory/{hostname}"
    static let groups: PathTemplate = "/devicegroups"
    static let group: PathTemplate = "/devicegroups/{name}"
    static let oxidized: PathTemplate = "/oxidized"
    static let pollerGroups: PathTemplate = "/poller_group"
    static let bills: PathTemplate = "/bills"
    static let bill: PathTemplate = "/bills/{id}"
    static let billHistory: PathTemplate = "/bills/{id}/history"
    static let billCurve: PathTemplate = "/bills/{id}/graphdata/{graph_type}"
    static let ports: PathTemplate = "/ports"
    static let port: PathTemplate = "/ports/{id}"
    static let alerts: PathTemplate = "/alerts"
    static let alert: PathTemplate = "/alerts/{id}"
    static let unmute: PathTemplate = "/alerts/unmute/{id}"
    static let rules: PathTemplate = "/rules"
    static let rule: PathTemplate = "/rules/{id}"

    /// Everything that may be read.
    static let reads = [
        root, system, devices, device, devicePorts, devicePort, deviceVLANs, deviceGraphs, deviceGroups,
        deviceLinks, deviceOutages, deviceAvailability, eventLog, health, healthKind, sensor,
        wholeInventory, maintenance, sessions, inventory, groups, group, oxidized,
        pollerGroups,
        bills, bill, billHistory, billCurve, ports, port, alerts, alert, rules, rule, alertLogOfAll, alertLog,
        eventLogOfAll, syslog, sensors, services, deviceServices, portsByMAC, learntMAC, arp, deviceAddresses,
        transceivers, deviceFDB, wirelessSensors, ospf, prefixes, vrfs, portAddresses, portTransceiver,
        portFDB, pollers, pollerLog, locations,
    ]
}
