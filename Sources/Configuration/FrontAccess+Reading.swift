internal import AdapterKit
internal import HTTP

extension FrontAccess {
    /// Reads what a `[[backend]]` says of it; nil when something of it can't be used, and then there is a complaint.
    ///
    /// - Parameter adapter: the kind of the backend, which has header fields of its own.
    init?(_ values: SettingValues, _ adapter: AdapterDescriptor, reader: inout SchemaReader) {
        self.init()
        var isSound = true
        func fail(_ key: String, _ words: String) {
            reader.complain(.error, at: values.position(of: key), words)
            isSound = false
        }
        let own = adapter.credentialHeader
        let hasLogin = adapter.authentication != .none
        let ownsAuthorization = hasLogin && own.lowercased() == "authorization"
        let what = adapter.authentication == .token ? "token" : "user and password"

        var account = values.section("basic")
        if adapter.authentication != .password {
            // Where the API wants a token or nothing, user and password can only be meant for what stands before it.
            let isGiven = ["user", "password"].filter(values.holds)
            if isGiven.count == 1 {
                fail(
                    isGiven[0],
                    "user and password belong together: they are sent as HTTP Basic"
                        + (hasLogin ? " beside the token" : ""))
            }
            if !isGiven.isEmpty {
                if account != nil { fail("basic", "give either basic, or user and password") }
                account = values
            }
        }
        if let account {
            if ownsAuthorization {
                fail(
                    "basic",
                    "\(adapter.title) takes \(what) in the header Authorization, and a request has only one: "
                        + "have what stands before it take another header, and set headers")
            } else if let user = account.source("user"), let password = account.source("password") {
                basic = Basic(user: user, password: password)
            } else {
                isSound = false
            }
        }

        guard let fields = values.section("headers") else {
            if isSound { return } else { return nil }
        }
        var seen: Set<String> = []
        for (name, value) in fields.values.sorted(by: { $0.key < $1.key }) {
            func object(_ words: String) {
                reader.complain(.error, at: value.position, "headers: \(words)")
                isSound = false
            }
            let lower = name.lowercased()
            if !seen.insert(lower).inserted {
                object("\(name) is there twice")
            } else if let objection = HeaderRules.objection(to: name) {
                object(objection)
            } else if hasLogin, lower == own.lowercased() {
                object("\(name) carries \(what) of \(adapter.title): use those keys")
            } else if lower == "authorization", account != nil {
                object("\(name) is sent for HTTP Basic already")
            } else if lower == "accept" || lower == "content-type" {
                object("\(name) is for nocturne to set")
            } else {
                headers[name] = fields.source(name)
            }
        }
        if !isSound { return nil }
    }
}
