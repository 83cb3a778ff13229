import AdapterKit
import Configuration
import Dashboard
import Domain
import HTTP
import TOML
import Testing

@Suite("Reading config.toml")
struct SettingsTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test("the history keeps 14 days and 200 MB where nothing is said, and nothing where it is not wanted")
    func history() throws {
        let scratch = try Scratch()
        #expect(try scratch.read("").settings.history == HistorySettings())
        #expect(HistorySettings().days == 14 && HistorySettings().bytes == 200_000_000)
        #expect(try scratch.read("[history]\nenabled = false").settings.history == nil)
        for text in ["size = 200", "size = \"200\"", "size = \"10kB\"", "size = \"many MB\"", "days = 0"] {
            #expect(try !scratch.read("[history]\n\(text)").complaints.isEmpty, "\(text)")
        }
    }

    @Test("a team's store is named without its password, and used unless it is not wanted")
    func team() throws {
        let scratch = try Scratch()
        #expect(try scratch.read("").settings.team == nil)
        let url = "postgresql://noc@db.example.net/nocturne"
        let read = try scratch.read("[team]\nurl = \"\(url)\"\npassword = { env = \"TEAM\" }")
        #expect(read.complaints == [])
        #expect(read.settings.team == TeamConfiguration(url: url, password: .environment("TEAM")))
        // What programs are started with does not hold it.
        #expect(SecretResolver.variables(of: read.settings) == ["TEAM"])
        #expect(try scratch.read("[team]\nurl = \"\(url)\"\nenabled = false").settings.team == nil)
        for wrong in [
            "postgresql://noc:hunter2@db/n", "postgresql://db/n?user=noc&password=hunter2", "https://db/n",
            "db",
            "postgresql://db/n?%70assword=hunter2",
        ] {
            let read = try scratch.read("[team]\nurl = \"\(wrong)\"")
            #expect(read.settings.team == nil, "\(wrong)")
            #expect(read.complaints.count == 1 && read.complaints[0].weight == .error, "\(wrong)")
            #expect(!read.complaints.description.contains("hunter2"), "\(wrong)")
        }
    }

    @Test(
        "a version behind the base path is left to an adapter that asks the server for it",
        arguments: ["", "/api", "/api/v3", "/api/v4/"])
    func version(path: String) throws {
        let file = try scratch.write(
            """
            [[backend]]
            name = "bonds"
            kind = "bonding"
            url = "https://ba.example.net\(path)"
            user = "noc@example.net"
            password = { env = "BA_PASSWORD" }
            """)
        let adapter = AdapterDescriptor(
            kind: "bonding", title: "Bonding", basePath: "/api", authentication: .password, reads: []
        ) { _, _ in Example.NoAdapter() }
        let reading = Settings.read(
            file, adapters: [adapter], directories: Directories(environment: ["HOME": scratch.path(".")])
        )
        #expect(reading.complaints == [])
        #expect(
            reading.settings.backends.first?.endpoint.url("/v3/bonds/")
                == "https://ba.example.net/api/v3/bonds/")
    }

    @Test("everything that can be said of a backend arrives as a value")
    func everything() throws {
        try scratch.write("pem", to: "ca.pem")
        try scratch.write("pem", to: "key.pem")
        let reading = try scratch.read(
            """
            [[backend]]
            name = "core"
            kind = "librenms"
            url = "https://NMS.example.net:8443/libre/"
            token = { command = ["pass", "show", "nms"] }
            mode = "guarded"
            timezone = "-03:30"
            proxy = "socks5h://proxy.example.net:1080"
            tls = { ca = "ca.pem", key = "~/key.pem", pin = "sha256//AAAA", insecure = false }
            limits = { connect = 2.5, read = "10m", body = 64, connections = 2 }
            intervals = { alerts = 10, device = "5m" }

            [[backend]]
            name = "access"
            kind = "krill"
            url = "https://krill.example.net/api/v2"
            user = "noc"
            password = { file = "secrets/krill" }
            timezone = "UTC"
            proxy = ""

            [ui]
            theme = "daylight"
            keymap = "mine"

            [audit]
            mode = "best-effort"
            shared = "/srv/noc/audit.jsonl"

            [history]
            days = 30
            size = "1.5GB"
            """)
        #expect(reading.complaints == [])
        let settings = reading.settings
        #expect(settings.history?.days == 30)
        #expect(settings.history?.bytes == 1_500_000_000)
        let core = try #require(settings.backends.first)
        #expect(core.name == "core")
        #expect(core.endpoint.url("/alerts") == "https://nms.example.net:8443/libre/api/v0/alerts")
        #expect(core.secret == .command(["pass", "show", "nms"]))
        #expect(core.mode == .guarded)
        #expect(core.clock == ServerClock(offset: -12600, isCertain: true))
        #expect(core.endpoint.proxy == "socks5h://proxy.example.net:1080")
        #expect(core.endpoint.trust.authorityFile == scratch.path("ca.pem"))
        #expect(core.endpoint.trust.keyFile == scratch.path("key.pem"))
        #expect(core.endpoint.limits.connect == 2.5)
        #expect(core.endpoint.limits.read == 600)
        #expect(core.endpoint.limits.body == 64 << 20)
        #expect(core.endpoint.limits.connectionsPerHost == 2)
        #expect(core.endpoint.limits.firstByte == Limits().firstByte)
        #expect(core.intervals == ["alert": 10, "device": 300])
        let access = try #require(settings.backends.last)
        #expect(access.endpoint.url("/x") == "https://krill.example.net/api/v2/x")
        #expect(access.user == .written(Secret("noc")))
        #expect(access.secret == .file(scratch.path("secrets/krill")))
        #expect(access.clock == ServerClock(offset: 0, isCertain: true))
        #expect(access.endpoint.proxy == "")
        #expect(settings.theme == "daylight")
        #expect(settings.keymap == "mine")
        #expect(settings.auditIsBestEffort)
        #expect(settings.sharedAuditLog == "/srv/noc/audit.jsonl")
    }

    @Test("no file is no fault: nothing is configured")
    func absent() throws {
        let reading = Settings.read(
            "/nonexistent/config.toml", adapters: [], directories: Directories(environment: [:]))
        #expect(!reading.isPresent)
        #expect(reading.complaints == [])
        #expect(reading.settings == Settings())
    }

    @Test("what is no TOML says where")
    func syntax() throws {
        let reading = try scratch.read("[ui]\ntheme = \"midnight\n")
        let complaint = try #require(reading.complaints.first)
        #expect(complaint.description.hasPrefix("\(scratch.path("config.toml")):2:"))
        #expect(complaint.description.contains(": error: invalid TOML: "))
    }

    /// A change of one line of a sound backend, the line that is wrong then, and words that must be said.
    static let faults: [(find: String, put: String, line: Int, words: String)] = [
        ("name = \"core\"", "name = \"two words\"", 2, "one word"),
        ("name = \"core\"", "name = 7", 2, "name is a text, and this is 7"),
        ("name = \"core\"\n", "", 1, "needs name"),
        ("librenms", "libernms", 3, "did you mean \"librenms\"?"),
        ("librenms", "nagios", 3, "there is \"librenms\", \"krill\""),
        ("https://nms", "nms", 4, "https://"),
        ("https://nms", "https://ana:pw@nms", 4, "no user and password"),
        ("example.net", "example.net:99999", 4, "https://host[:port][/path]"),
        ("token = { env = \"NMS_TOKEN\" }", "", 3, "needs token"),
        ("{ env = \"NMS_TOKEN\" }", "{ environment = \"NMS_TOKEN\" }", 5, "{ env = \"NAME\" }"),
        ("{ env = \"NMS_TOKEN\" }", "{ command = \"pass show nms\" }", 5, "command = ["),
        ("token =", "mode = \"readonly\"\ntoken =", 5, "did you mean \"read-only\"?"),
        ("token =", "timezone = \"Europe/DiscardingSink\"\ntoken =", 5, "+01:00"),
        ("token =", "timezone = \"+1:00\"\ntoken =", 5, "+01:00"),
        ("token =", "timezone = \"../../../etc/passwd\"\ntoken =", 5, "a zone such as Europe/Madrid"),
        ("token =", "proxy = \"proxy:3128\"\ntoken =", 5, "http://"),
        ("token =", "limits = { connections = 100 }\ntoken =", 5, "from 1 to 8, and this is 100"),
        ("token =", "limits = { read = \"soon\" }\ntoken =", 5, "\"5m\", from 1s to 1h"),
        ("token =", "intervals = { alert = 1 }\ntoken =", 5, "from 5s to 1d, and this is 1"),
        ("token =", "tls = { ca = \"/nonexistent.pem\" }\ntoken =", 5, "No such file"),
        ("token =", "tls = { pin = \"AAAA\" }\ntoken =", 5, "sha256//"),
        ("[[backend]]", "[backend]", 1, "two brackets"),
    ]

    @Test("each fault of a backend leaves that one out and says where and what to do", arguments: faults)
    func fault(find: String, put: String, line: Int, words: String) throws {
        let wrong = Example.core.replacing(find, with: put, maxReplacements: 1)
        let more = put == "[backend]" ? "" : Example.core.replacing("\"core\"", with: "\"edge\"")
        let reading = try scratch.read(wrong + more)
        let complaint = try #require(reading.complaints.first)
        #expect(complaint.weight == .error)
        #expect(complaint.position?.line == line)
        #expect(complaint.words.contains(words), "\(complaint)")
        #expect(reading.settings.backends.map(\.name) == (more.isEmpty ? [] : ["edge"]))
        #expect(!"\(reading.complaints)".contains("pw"))
    }

    @Test("a key that nobody knows is skipped with a warning that names the near one")
    func unknownKeys() throws {
        let reading = try scratch.read("colour = 1\n" + Example.core + "tokn = 1\n[ui]\nthem = \"x\"\n")
        #expect(reading.complaints.map(\.weight) == [.warning, .warning, .warning])
        #expect(reading.complaints.map(\.position?.description) == ["1:1", "7:1", "9:1"])
        #expect(reading.complaints[0].words == "the configuration has no key \"colour\"")
        #expect(reading.complaints[1].words == "[[backend]] has no key \"tokn\"; did you mean \"token\"?")
        #expect(reading.complaints[2].words == "[ui] has no key \"them\"; did you mean \"theme\"?")
        #expect(reading.settings.backends.count == 1)
    }

    @Test("two backends of one name are one too many, whatever the case of letters")
    func duplicates() throws {
        let reading = try scratch.read(Example.core + Example.core.replacing("\"core\"", with: "\"Core\""))
        #expect(reading.settings.backends.map(\.name) == ["core"])
        #expect(reading.complaints.first?.position?.line == 7)
        #expect(reading.complaints.first?.words.contains("is taken by the backend in line 2") == true)
    }

    @Test("a certificate that is not verified and a line that is not encrypted are warned of")
    func insecure() throws {
        let reading = try scratch.read(
            Example.core.replacing("https", with: "http") + "tls = { insecure = true }\n")
        #expect(reading.complaints.map(\.weight) == [.warning, .warning])
        #expect(reading.settings.backends.first?.endpoint.trust.insecure == true)
        let local = try scratch.read(
            Example.core.replacing("https://nms.example.net", with: "http://127.0.0.1:8000"))
        #expect(local.complaints == [])
    }

    @Test("a secret in the file is taken while nobody else can read it, and refused with the fix else")
    func writtenSecret() throws {
        let text = Example.core.replacing("{ env = \"NMS_TOKEN\" }", with: "\"0123abcd\"")
        #expect(try scratch.read(text).settings.backends.first?.secret == .written(Secret("0123abcd")))
        let exposed = try scratch.read(text, permissions: 0o640)
        #expect(exposed.settings.backends.isEmpty)
        let complaint = try #require(exposed.complaints.first)
        #expect(complaint.position?.line == 5)
        #expect(complaint.words.contains("chmod 600 \(scratch.path("config.toml"))"))
        #expect(!"\(exposed)".contains("0123abcd"))
        #expect(try scratch.read(Example.core, permissions: 0o644).complaints == [])
    }

    @Test(
        "an address that can't be used is told what is wrong with it",
        arguments: [
            ("https://nms.exa mple.net", "blank"),
            (" https://nms.example.net", "begins or ends with a blank"),
            ("\u{FEFF}https://nms.example.net", "invisible"), ("https://b\u{FC}cher.example", "xn--"),
            ("https://nms\u{200B}.example.net", "invisible"), ("nms.example.net", "https://"),
            ("https://ana:hunter2@nms.example.net", "keys of their own"),
            ("https://nms.example.net/?a", "no ?"),
        ])
    func addresses(url: String, words: String) throws {
        let reading = try scratch.read(Example.core.replacing("https://nms.example.net", with: url))
        #expect(reading.settings.backends.isEmpty)
        #expect(reading.complaints.count == 1)
        #expect(reading.complaints.first?.words.contains(words) == true, "\(reading.complaints)")
        #expect(!"\(reading.complaints)".contains("hunter2"))
    }

    @Test("a password in a proxy's address is a secret like any other")
    func proxySecret() throws {
        let text = Example.core + "proxy = \"http://ana:hunter2@proxy.example.net:3128\"\n"
        #expect(try scratch.read(text).complaints == [])
        let exposed = try scratch.read(text, permissions: 0o644)
        #expect(exposed.settings.backends.isEmpty)
        #expect(!"\(exposed.complaints)".contains("hunter2"))
    }

    @Test("a file that anybody can change names no programs to run")
    func programs() throws {
        let text = Example.core.replacing("{ env = \"NMS_TOKEN\" }", with: "{ command = [\"pass\"] }")
        #expect(try scratch.read(text, permissions: 0o644).complaints == [])
        let reading = try scratch.read(text, permissions: 0o646)
        #expect(reading.settings.backends.isEmpty)
        #expect(reading.complaints.hasErrors)
    }

    @Test(
        "a file that anybody can change is refused with the fix, also where no secret and no program is in it"
    )
    func writableByAll() throws {
        let reading = try scratch.read(Example.core, permissions: 0o666)
        #expect(reading.settings.backends.isEmpty)
        let complaint = try #require(reading.complaints.first)
        #expect(complaint.weight == .error)
        #expect(complaint.words.contains("chmod 600 \(scratch.path("config.toml"))"))
        #expect(try scratch.read(Example.core, permissions: 0o664).complaints == [])
        let authority = try scratch.write("pem", to: "ca.pem", permissions: 0o666)
        let trusting = try scratch.read(Example.core + "tls = { ca = \"ca.pem\" }\n")
        #expect(trusting.settings.backends.isEmpty)
        #expect(trusting.complaints.first?.words.contains("chmod 644 \(authority)") == true)
    }

    @Test("what is repeated of a file is one line of text and not endless, whatever stands in it")
    func hostileWords() throws {
        let key = #"a\u001b]52;c;eA==\u0007\n\u202e\u009b2Jb"#
        let long = String(repeating: "k", count: 500_000)
        let reading = try scratch.read(Example.core + "[ui]\n\"\(key)\" = 1\ntheme = 1\n\(long) = 1\n")
        #expect(reading.complaints.count == 3)
        for complaint in reading.complaints {
            let isClean = "\(complaint)".unicodeScalars.allSatisfy {
                $0.value >= 32 && !(0x7F..<0xA0).contains($0.value) && $0.value != 0x202E
            }
            #expect(isClean && "\(complaint)".count < 2000)
        }
    }

    @Test("a private key that others can read is refused with the fix")
    func privateKey() throws {
        let key = try scratch.write("pem", to: "key.pem", permissions: 0o644)
        let reading = try scratch.read(Example.core + "tls = { key = \"key.pem\" }\n")
        #expect(reading.complaints.first?.words.contains("chmod 600 \(key)") == true)
        #expect(reading.settings.backends.isEmpty)
    }

    @Test("the wrong credentials for a kind are said, the ones it does not use are warned of")
    func credentials() throws {
        let reading = try scratch.read(Example.core.replacing("\"librenms\"", with: "\"krill\""))
        #expect(reading.complaints.filter { $0.weight == .error }.count == 2)
        #expect(
            reading.complaints.contains { $0.weight == .warning && $0.words.contains("does not use token") })
    }
}

@Suite("Directories")
struct DirectoriesTests {
    @Test("the XDG variables are followed where they are absolute")
    func xdg() {
        let directories = Directories(environment: [
            "HOME": "/home-of-ana", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "relative",
            "XDG_RUNTIME_DIR": "/run/user/7",
        ])
        #expect(directories.configurationFile == "/c/nocturne/config.toml")
        #expect(directories.auditFile == "/home-of-ana/.local/state/nocturne/audit.jsonl")
        #expect(directories.runtime == "/run/user/7/nocturne")
        #expect(directories.resolve("~/a", besides: "/c/f") == "/home-of-ana/a")
        #expect(directories.resolve("a", besides: "/c/f") == "/c/a")
        #expect(directories.resolve("/a", besides: "/c/f") == "/a")
    }

    @Test("without HOME the account's own directory is taken")
    func account() {
        #expect(Directories(environment: [:]).home.hasPrefix("/"))
        #expect(Directories(environment: [:]).runtime == nil)
    }
}
