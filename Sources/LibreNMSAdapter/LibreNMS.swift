public import AdapterKit
internal import HTTP

/// LibreNMS, API v0, from the releases of 2016 to today's.
public enum LibreNMS {
    /// What the registry of adapters knows of it.
    public static let descriptor = AdapterDescriptor(
        kind: "librenms", title: "LibreNMS", basePath: "/api/v0", authentication: .token,
        reads: Path.reads.map { ReadDeclaration($0) },
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
    static let ports: PathTemplate = "/ports"
    static let port: PathTemplate = "/ports/{id}"
    static let alerts: PathTemplate = "/alerts"
    static let alert: PathTemplate = "/alerts/{id}"
    static let unmute: PathTemplate = "/alerts/unmute/{id}"
    static let rules: PathTemplate = "/rules"
    static let rule: PathTemplate = "/rules/{id}"

    /// Everything that may be read.
    static let reads = [root, system, devices, device, devicePorts, ports, port, alerts, alert, rules, rule]
}
