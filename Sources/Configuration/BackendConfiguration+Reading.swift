internal import AdapterKit
internal import Dashboard
internal import Domain
internal import HTTP

extension BackendConfiguration {
    /// Reads one `[[backend]]`; nil when it can't be used, and then there is a complaint that says why.
    init?(_ values: SettingValues, adapters: [AdapterDescriptor], reader: inout SchemaReader) {
        var isSound = values.faults.isEmpty
        func fail(_ key: String, _ words: String) {
            reader.complain(.error, at: values.position(of: key), words)
            isSound = false
        }

        let name = values.text("name") ?? ""
        if values.text("name") != nil, !Self.isName(name) {
            fail("name", "a name is one word of at most 24 letters, digits, dots, dashes and underscores")
        }

        let kind = values.text("kind") ?? ""
        let file = values.text("adapter")
        let adapter = adapters.first { $0.kind == kind && $0.file == ($0.file == nil ? nil : file) }
        let files = adapters.filter { $0.kind == kind }.compactMap(\.file)
        if !files.isEmpty, adapter == nil, !values.faults.contains("adapter") {
            let known = files.map { "\"\($0)\"" }.joined(separator: ", ")
            if let file {
                fail(
                    "adapter",
                    "the adapter \"\(file)\" does not exist, or its file has mistakes\(Nearest.hint(file, among: files)); "
                        + "there is \(known)")
            } else {
                fail("kind", "a backend of kind \"\(kind)\" needs adapter = \"…\"; there is \(known)")
            }
        }
        if file != nil, files.isEmpty {
            reader.complain(
                .warning, at: values.position(of: "adapter"),
                "a backend of kind \"\(kind)\" does not use adapter")
        }
        if values.text("kind") != nil, adapter == nil, files.isEmpty {
            var kinds: [String] = []
            for adapter in adapters where !kinds.contains(adapter.kind) { kinds.append(adapter.kind) }
            let known = kinds.map { "\"\($0)\"" }.joined(separator: ", ")
            if adapters.contains(where: { $0.file == kind }) {
                fail(
                    "kind",
                    "\"\(kind)\" is an adapter's file: write kind = \"declared\", adapter = \"\(kind)\"")
            } else {
                fail("kind", "unknown kind \"\(kind)\"\(Nearest.hint(kind, among: kinds)); there is \(known)")
            }
        }

        let url = values.text("url") ?? ""
        let parsed = Origin.parse(url)
        if values.text("url") != nil, let fault = Self.fault(ofURL: url) { fail("url", fault) }

        var clock: ServerClock?
        if let zone = values.text("timezone") {
            if let offset = Self.offset(zone) {
                clock = ServerClock(offset: offset, isCertain: true)
            } else {
                do throws(ZoneFile.Fault) {
                    clock = ServerClock(try ZoneFile.rules(of: zone))
                } catch {
                    fail("timezone", error.words)
                }
            }
        }
        let proxy = values.text("proxy")
        if let proxy, let fault = Self.fault(ofProxy: proxy) { fail("proxy", fault) }
        if let proxy, proxy.contains("@") { reader.noteSecret(at: values.position(of: "proxy")) }

        let tls = values.section("tls")
        let trust = Trust(tls)
        for key in ["ca", "certificate", "key"] {
            guard let path = tls?.text(key), let tls else { continue }
            do throws(OperatorFile.Unreadable) {
                let file = try OperatorFile(path)
                if key == "key", file.isExposed {
                    reader.complain(
                        .error, at: tls.position(of: key),
                        "\(path) is a private key that others can read (mode \(file.mode)): "
                            + "chmod 600 \(OperatorFile.quoted(path))")
                    isSound = false
                } else if file.isWritableByAll {
                    reader.complain(
                        .error, at: tls.position(of: key),
                        "anybody can change \(path) (mode \(file.mode)), and with it which servers are trusted: "
                            + "chmod 644 \(OperatorFile.quoted(path))")
                    isSound = false
                }
            } catch {
                reader.complain(.error, at: tls.position(of: key), "\(path) \(error.words)")
                isSound = false
            }
        }
        if let pin = trust.pin, !pin.hasPrefix("sha256//") {
            fail("tls", "pin is sha256// and the key's digest in base64, as curl takes it")
        }
        if trust.insecure {
            reader.complain(
                .warning, at: tls?.position(of: "insecure"),
                "the certificate of \"\(name)\" is not verified: whoever is in between can read its secret")
        }
        if let parsed, parsed.origin.scheme == "http", !Self.isLoopback(parsed.origin.host) {
            reader.complain(
                .warning, at: values.position(of: "url"),
                "\"\(name)\" is spoken to without encryption: its secret can be read on the way")
        }

        var secret: SecretSource?
        var front: FrontAccess?
        if let adapter {
            let wanted: [String] =
                switch adapter.authentication {
                case .token: ["token"]
                case .password: ["user", "password"]
                case .none: []
                }
            for key in wanted where values.values[key] == nil && !values.faults.contains(key) {
                let type = Schema.backend.first { $0.key == key }?.type
                fail("kind", "a backend of kind \"\(kind)\" needs \(key) = \(type?.words ?? "")")
            }
            if !wanted.contains("token"), values.holds("token") {
                reader.complain(
                    .warning, at: values.position(of: "token"),
                    "a backend of kind \"\(kind)\" does not use token")
            }
            front = FrontAccess(values, adapter, reader: &reader)
            if front == nil { isSound = false }
            switch adapter.authentication {
            case .token: secret = values.source("token")
            case .password: secret = values.source("password")
            case .none: secret = .written(Secret(""))
            }
        }

        guard isSound, let adapter, let parsed, let secret, let front else { return nil }
        let path = Self.withoutVersion(parsed.path, adapter.basePath)
        let hasPath = path.hasSuffix(adapter.basePath)
        self.init(
            name: name, kind: kind, adapter: adapter.file,
            endpoint: Endpoint(
                origin: parsed.origin, basePath: hasPath ? path : path + adapter.basePath,
                trust: trust, proxy: proxy, limits: Limits(values.section("limits"))),
            user: adapter.authentication == .password ? values.source("user") : nil, secret: secret,
            front: front, mode: values.text("mode").flatMap(BackendMode.init) ?? .normal, clock: clock,
            intervals: Self.intervals(values.section("intervals")),
            pollInterval: values.number("poll_interval"))
    }

    /// The path without a version behind the base path of an adapter that asks the server itself for its version.
    private static func withoutVersion(_ path: String, _ basePath: String) -> String {
        guard let slash = path.lastIndex(of: "/"), path[..<slash].hasSuffix(basePath),
            path[slash...].hasPrefix("/v"), path[slash...].dropFirst(2).allSatisfy(\.isNumber)
        else { return path }
        return String(path[..<slash])
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.count <= 24
            && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "_" }
    }

    /// Why an address is none, nil for one that can be used; it is not repeated, since a password may stand in it.
    public static func fault(ofURL url: String) -> String? {
        guard Origin.parse(url) == nil else { return nil }
        if url.contains("@") { return "url holds no user and password: give them as keys of their own" }
        guard url == InvisibleCharacters.trimmed(url) else {
            return "url begins or ends with a blank or another invisible character: take it out"
        }
        if url.unicodeScalars.contains(where: InvisibleCharacters.contains) {
            return "url has a blank or another invisible character in it: take it out"
        }
        if !url.contains("://") { return "url begins with https://" }
        if url.contains("?") || url.contains("#") { return "url ends with the path: no ? and no #" }
        let host = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        if let letter = host.first(where: { !$0.isASCII }) {
            return "url has a letter that names in DNS don't have (\(letter)): "
                + "write the host's name in its ASCII form, which begins with xn--"
        }
        return "url is https://host[:port][/path]"
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
    }

    /// Seconds east of UTC; nil for anything but `UTC`, `Z` and `±HH:MM`.
    private static func offset(_ zone: String) -> Int? {
        if zone.uppercased() == "UTC" || zone.uppercased() == "Z" { return 0 }
        let bytes = Array(zone.utf8)
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), let hours = Int(zone.dropFirst().prefix(2)), hours <= 14,
            let minutes = Int(zone.suffix(2)), (0..<60).contains(minutes)
        else { return nil }
        return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    private static func fault(ofProxy proxy: String) -> String? {
        if proxy.isEmpty { return nil }
        let schemes = ["http://", "https://", "socks5://", "socks5h://"]
        guard let scheme = schemes.first(where: { proxy.hasPrefix($0) }), proxy.count > scheme.count,
            !proxy.contains(where: \.isWhitespace)
        else { return "proxy begins with one of \(schemes.joined(separator: ", ")); \"\" is for none" }
        return nil
    }

    private static func intervals(_ values: SettingValues?) -> [String: Double] {
        var intervals: [String: Double] = [:]
        for key in (values?.values ?? [:]).keys {
            // People write `alerts = 20`; kinds are named in the singular.
            let kind = key.count > 2 && key.hasSuffix("s") ? String(key.dropLast()) : key
            intervals[kind] = values?.number(key)
        }
        return intervals
    }
}

extension Trust {
    fileprivate init(_ values: SettingValues?) {
        self.init()
        authorityFile = values?.text("ca")
        certificateFile = values?.text("certificate")
        keyFile = values?.text("key")
        pin = values?.text("pin")
        insecure = values?.flag("insecure") ?? false
    }
}

extension Limits {
    fileprivate init(_ values: SettingValues?) {
        self.init()
        connect = values?.number("connect") ?? connect
        firstByte = values?.number("first_byte") ?? firstByte
        stall = values?.number("stall") ?? stall
        stallRate = values?.number("stall_rate").map { Int($0) } ?? stallRate
        read = values?.number("read") ?? read
        command = values?.number("command") ?? command
        body = values?.number("body").map { Int($0) << 20 } ?? body
        connectionsPerHost = values?.number("connections").map { Int($0) } ?? connectionsPerHost
    }
}
