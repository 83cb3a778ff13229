internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Judges answers by what they hold: statuses, envelopes and media types of this API can't be believed.
enum Verdict {
    /// The list under a key.
    ///
    /// An envelope that says `error` while the list is there is a success (device groups of 2016). Nil for the
    /// 404 with which newer releases say that there are none.
    static func list(_ key: String, in response: Response) throws(BackendError) -> JSONArray? {
        if response.status == 404, saysNone(response) { return nil }
        let root = try root(of: response, listing: key)
        if let array = root[key]?.array { return array }
        if let message = Self.message(in: root) {
            throw BackendError(.server, "the server says: \(message)")
        }
        throw BackendError(.invalid, "the answer has no list of \(key): check that url leads to LibreNMS")
    }

    /// The JSON of a successful answer.
    ///
    /// - Parameter key: the list that it should hold, for the hint where it is empty.
    static func root(of response: Response, listing key: String? = nil) throws(BackendError) -> JSONValue {
        if let problem = problem(with: response) { throw problem }
        do {
            return try response.json()
        } catch {
            throw explained(error, response, key)
        }
    }

    /// What a status that is no success means.
    static func problem(with response: Response) -> BackendError? {
        if response.isSuccess { return nil }
        let message = (try? response.json()).flatMap { Self.message(in: $0) }
        return response.problem(
            saying: message, holder: "token",
            refused:
                "LibreNMS does not accept the token: check it, or make one under /api-access/ in its web interface",
            nowhere: "no LibreNMS API at this address (404): check url")
    }

    /// The server's own words, cleaned and cut: `message`, `err-msg`, or `0` as VLANs have it.
    static func message(in root: JSONValue) -> String? {
        for key in ["message", "err-msg", "0"] {
            guard let text = root[key]?.text, !text.isEmpty else { continue }
            let clean = Cleaning.clean(text)
            return clean.count > 160 ? "\(clean.prefix(160))…" : clean
        }
        return nil
    }

    /// Whether the API itself says that it has no such thing: a page, a route that is not there and the 404 of something
    /// before the server say nothing of it.
    ///
    /// - Parameter noun: how it is called there: `Device 12 does not exist`, `Alert rule 3 does not exist`.
    static func saysGone(_ noun: String, _ response: Response) -> Bool {
        guard response.status == 404, let message = ownRefusal(response) else { return false }
        return message.hasPrefix("\(noun.lowercased()) ")
            && (message.contains("does not exist") || message.contains("not found"))
    }

    /// What the API says in an error of its own, in lower case; nil for what something else may have written.
    private static func ownRefusal(_ response: Response) -> String? {
        guard let root = try? response.json(), root["status"]?.string == "error" else { return nil }
        return Self.message(in: root)?.lowercased()
    }

    static func saysNone(_ response: Response) -> Bool {
        guard let message = ownRefusal(response) else { return false }
        // "BGP counters does not exist" is said of a list; of a device "does not exist" is an error.
        return message.hasPrefix("no ") || message.hasPrefix("bgp counters") || message.contains("not found")
            || message.contains("do not exist")
    }

    /// Adds what is known of this server to an answer that is not JSON.
    private static func explained(
        _ error: BackendError, _ response: Response, _ key: String?
    ) -> BackendError {
        if response.body.count == 0 {
            let reason =
                switch key {
                case "bills":
                    "some releases do so when the limit of a bill is 0, or when its texts are not UTF-8"
                case "devices": "a row holds text that is not UTF-8, often a sysLocation"
                case "ports": "a row holds text that is not UTF-8, often the description of a port"
                default: "a row holds text that is not UTF-8"
                }
            return BackendError(.invalid, "LibreNMS answered nothing: \(reason); correct it there")
        }
        if response.body.text(limit: 200).contains("MySQL Error") {
            return BackendError(.server, "LibreNMS can't reach its database (it says: MySQL Error)")
        }
        return error
    }
}
