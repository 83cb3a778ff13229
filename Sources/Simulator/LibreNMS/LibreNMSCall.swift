/// A routed request to LibreNMS with all that a handler needs to answer it.
struct LibreNMSCall: Sendable {
    let request: Request
    let query: Query
    /// What filled the holes of the route, decoded once.
    let parameters: [String: String]
    let role: Role
    let release: LibreNMSRelease
    let style: JSONStyle
    let view: WorldView
    let routes: [Route<LibreNMSCall>]

    subscript(parameter: String) -> String { parameters[parameter] ?? "" }

    /// The device of the path, if there is such a one.
    var device: DeviceRow? { view.device(named: self["hostname"]) }

    /// What was sent, whatever its Content-Type says; nil when it is no JSON.
    var body: Input? { Input(parsing: request.body) }

    // MARK: Answers

    /// What the older release prints before the rows; each resource has its own selection.
    enum OldPart { case error, message, count }

    /// A list under its key, in the envelope of the dialect.
    func list(
        _ key: String, _ rows: Value, count: Int, message: String? = nil,
        old: [OldPart] = [.error, .count], countsWhenModern: Bool = true
    ) -> Reply {
        var members = [Value.Member("status", .text("ok"))]
        switch release {
        case .modern:
            members.append(.init(key, rows))
            if let message { members.append(.init("message", .text(message))) }
            if countsWhenModern { members.append(.init("count", .computed(count))) }
        case .release2016:
            for part in old {
                switch part {
                case .error: members.append(.init("err-msg", .text("")))
                case .message: members.append(.init("message", .text(message ?? "")))
                case .count: members.append(.init("count", .computed(count)))
                }
            }
            members.append(.init(key, rows))
        }
        return json(200, .object(members))
    }

    /// Records under their key, with the columns of a schema.
    func list<Record: Sendable>(
        _ key: String, _ records: [Record], _ schema: Schema<Record>, message: String? = nil,
        old: [OldPart] = [.error, .count]
    ) -> Reply {
        let rows = Column.rows(records, count: records.count, schema.columns(in: release.listShape))
        return list(key, rows, count: records.count, message: message, old: old)
    }

    /// Success in words.
    func done(_ message: String) -> Reply {
        var members = [Value.Member("status", .text("ok"))]
        if !release.isModern { members.append(.init("err-msg", .text(""))) }
        members.append(.init("message", .text(message)))
        return json(200, .object(members))
    }

    /// Failure in words; `old` says that the older release puts them into `err-msg`.
    func failed(_ status: Int, _ message: String, inErrorText: Bool = false) -> Reply {
        var members = [Value.Member("status", .text("error"))]
        if inErrorText, !release.isModern {
            members.append(.init("err-msg", .text(message)))
            members.append(.init("message", .text("")))
        } else {
            members.append(.init("message", .text(message)))
        }
        return json(status, .object(members))
    }

    /// An error that the server itself did not see coming.
    func broken() -> Reply {
        release.isModern
            ? Self.compact(500, message: "Server Error")
            : .html(500, "<html><head><title>Slim Application Error</title></head></html>")
    }

    func json(_ status: Int, _ value: Value) -> Reply {
        Reply(status: status, type: "application/json", JSONWriter.bytes(of: value, style: style))
    }

    /// An error of the framework under the newer release: no status, no white space.
    static func compact(_ status: Int, message: String) -> Reply {
        Reply(status: status, type: "application/json", Array("{\"message\":\"\(message)\"}".utf8))
    }
}
