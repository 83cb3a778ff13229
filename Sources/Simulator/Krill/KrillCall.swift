/// A routed request to Krill with all that a handler needs to answer it.
///
/// Every record of a long list holds it, so it is one object that all of them share.
final class KrillCall: Sendable {
    let krill: Krill
    let request: Request
    let query: Query
    /// What filled the holes of the path, decoded once.
    let parameters: [String: String]
    /// Who asks; nil where anybody may.
    let account: KrillAccount?
    let view: AccessView

    init(
        krill: Krill, request: Request, query: Query, parameters: [String: String], account: KrillAccount?,
        view: AccessView
    ) {
        self.krill = krill
        self.request = request
        self.query = query
        self.parameters = parameters
        self.account = account
        self.view = view
    }

    subscript(parameter: String) -> String { parameters[parameter] ?? "" }

    var release: KrillRelease { krill.release }
    var access: AccessNetwork { krill.access }
    var role: Role { account?.role ?? .readOnly }
    var now: Int { krill.world.now }

    /// Whether the asker may see what belongs to a realm.
    func sees(realm: String) -> Bool { account?.realm.map { $0 == realm } ?? true }

    /// Whether the server watches a device, and the asker sees where it is.
    func sees(node index: Int) -> Bool {
        let device = access.network.devices[index]
        return krill.territory.contains(device) && sees(realm: AccessNetwork.realm(of: device.site))
    }

    func sees(_ line: Line) -> Bool {
        guard sees(realm: line.realm) else { return false }
        guard krill.territory != .everywhere, let node = line.node else { return true }
        return krill.territory.contains(access.network.devices[node])
    }

    /// Django REST framework's JSON: no white space, UTF-8 as it is.
    static let style = JSONStyle(
        scalars: .cast, isPretty: false, escapesSlashes: false, escapesNonASCII: false, zone: 0)

    // MARK: Answers

    func json(_ value: Value, status: Int = 200) -> Reply {
        Reply(
            status: status, type: "application/json", JSONWriter.bytes(of: value, style: Self.style))
    }

    func detail(_ status: Int, _ words: String) -> Reply {
        json(["detail": .text(words)], status: status)
    }

    func forbidden() -> Reply { detail(403, "You do not have permission to perform this action.") }

    func notFound() -> Reply { detail(404, "Not found.") }

    /// 400 with what is wrong, by field.
    func complaints(_ complaints: [(field: String, words: String)]) -> Reply {
        json(
            .object(complaints.map { .init($0.field, .list([.text($0.words)])) }), status: 400)
    }

    /// A moment with the server's zone: `2025-08-07T17:07:06-05:00`.
    func time(_ seconds: Int) -> Value { .text(KrillTime.text(seconds, zone: krill.zone)) }

    /// The moment of a tick.
    func time(tick: Int) -> Value { time(view.time(tick)) }

    // MARK: Bodies

    /// What became of a body.
    enum Reading {
        case body(Input)
        case refused(Reply)
    }

    /// The body as an object, or the answer that refuses it.
    func reading() -> Reading {
        let type = (request.headers["content-type"] ?? "application/json").lowercased()
        let isKnown = ["application/json", "application/x-www-form-urlencoded"].contains {
            type.hasPrefix($0)
        }
        guard isKnown || request.body.isEmpty else {
            return .refused(detail(415, "Unsupported media type \"\(type)\" in request."))
        }
        guard let body = request.krillBody else {
            return .refused(detail(400, "JSON parse error - Expecting value: line 1 column 1 (char 0)"))
        }
        guard case .object = body else {
            return .refused(
                complaints([("non_field_errors", "Invalid data. Expected a dictionary, but got str.")]))
        }
        return .body(body)
    }

    // MARK: OPTIONS

    /// What a path is for and what a body of it may hold; who may not act sees no actions (inferred).
    func describe(_ path: KrillPath) -> Reply {
        var members: [Value.Member] = [
            .init("name", .text(path.title)), .init("description", .text("")),
            .init("renders", .list([.text("application/json"), .text("text/html")])),
            .init(
                "parses",
                .list([
                    .text("application/json"), .text("application/x-www-form-urlencoded"),
                    .text("multipart/form-data"),
                ])),
        ]
        let writing = path.methods.map(\.name).filter { ["POST", "PUT"].contains($0) }
        if role == .admin, !writing.isEmpty, !path.isOpen {
            let fields = Value.object(path.fields.map { .init($0.name, $0.value) })
            members.append(.init("actions", .object(writing.map { .init($0, fields) })))
        }
        return json(.object(members))
    }
}

/// Times as Django prints them.
enum KrillTime {
    static func text(_ seconds: Int, zone: Int) -> String {
        let text = Moment(seconds + zone).isoText
        guard zone != 0 else { return text + "Z" }
        let minutes = abs(zone) / 60
        let offset = Line.padded(minutes / 60, to: 2) + ":" + Line.padded(minutes % 60, to: 2)
        return text + (zone < 0 ? "-" : "+") + offset
    }
}

extension Value {
    /// A number with a fraction, given in hundredths, as Python prints it: `-22.14`, `2.5`, `4.0`.
    static func float(hundredths number: Int) -> Value {
        let rest = abs(number) % 100
        let tail = rest % 10 == 0 ? String(rest / 10) : Line.padded(rest, to: 2)
        return .literal("\(number < 0 ? "-" : "")\(abs(number) / 100).\(tail)")
    }
}
