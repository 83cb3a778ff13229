/// The body of a request as the framework reads it.
enum BondingBody {
    case fields([String: Input])
    case refused(Reply)

    init(_ request: Request) {
        let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
        switch type {
        case "application/json":
            guard !request.body.isEmpty else {
                self = .fields([:])
                return
            }
            self = Self.json(request.body)
        case "application/x-www-form-urlencoded", "":
            // Without a type an empty body is what actions are sent with; anything else is no form.
            guard !type.isEmpty || request.body.isEmpty else {
                self = .refused(Self.unsupported(""))
                return
            }
            let form = Request(
                method: "GET", target: "?" + String(decoding: request.body, as: UTF8.self), headers: [:],
                body: [])
            let pairs = form.query.pairs.map { ($0.name, Input.text($0.value)) }
            self = .fields(Dictionary(pairs) { $1 })
        default: self = .refused(Self.unsupported(type))
        }
    }

    private static func json(_ bytes: [UInt8]) -> BondingBody {
        guard let input = Input(parsing: bytes) else {
            return .refused(
                BondingCall.detail(400, "JSON parse error - Expecting value: line 1 column 1 (char 0)"))
        }
        guard case .object(let members) = input else {
            let words = "Invalid data. Expected a dictionary, but got \(BondingField.type(of: input))."
            let value: Value = ["non_field_errors": .list([.text(words)])]
            return .refused(
                Reply(
                    status: 400, type: "application/json",
                    JSONWriter.bytes(of: value, style: BondingRelease.style)))
        }
        return .fields(Dictionary(members.map { ($0.key, $0.value) }) { $1 })
    }

    private static func unsupported(_ type: String) -> Reply {
        BondingCall.detail(415, "Unsupported media type \"\(type)\" in request.")
    }
}
