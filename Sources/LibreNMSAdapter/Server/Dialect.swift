internal import HTTP

/// What differs between releases of the API; everything else is one code path.
struct Dialect: Sendable, Equatable {
    /// The release as the server names it; nil for those that don't say.
    var version: String?
    /// `GET /ports` gives the ports of all devices.
    var listsAllPorts: Bool
    /// `state=1,2,3` asks for several states; else only the first would count.
    var listsAlertStates: Bool
    /// Acknowledging takes a note, and whether it lasts until the alert clears.
    var takesNotes: Bool
    /// Acknowledging moves an alert's time, and with it its age.
    var acknowledgeMovesTime: Bool
    /// `GET /devices?type=device_id` gives one row of the list.
    var findsDevices: Bool
    /// Paths are decoded once more after the web server did so.
    var decodesTwice: Bool
    /// The names of the routes that the server lists; empty where the list could not be read.
    var routes: Set<String> = []
    /// How `ignore` is asked for among the columns of ports: in SQL it is a reserved word, which old servers pass on
    /// as it is, and newer ones refuse quotes.
    var ignoreColumn: String { decodesTwice ? "`ignore`" : "ignore" }

    /// The releases since July 2019, which answer `/system`.
    static func modern(_ version: String?) -> Dialect {
        Dialect(
            version: version, listsAllPorts: true, listsAlertStates: true, takesNotes: true,
            acknowledgeMovesTime: false, findsDevices: true, decodesTwice: false)
    }

    /// The releases before.
    static let old = Dialect(
        version: nil, listsAllPorts: false, listsAlertStates: false, takesNotes: false,
        acknowledgeMovesTime: true, findsDevices: false, decodesTwice: true)

    /// Whether the server lists a route; a newer one that does not say is taken to have what newer ones have.
    func offers(_ route: String) -> Bool { routes.isEmpty ? listsAlertStates : routes.contains(route) }

    /// A name as a parameter of a path, such that it arrives at the server as it is.
    func segment(_ name: String) -> String { decodesTwice ? PercentEncoding.segment(name) : name }

    /// What people call the server.
    var product: String { version.map { "LibreNMS \($0)" } ?? "LibreNMS before 2019" }
}
