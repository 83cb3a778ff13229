public import AdapterKit
internal import Dashboard
public import Domain
internal import TOML
internal import Wallboard

extension Settings {
    /// What reading a configuration gave.
    public struct Reading: Sendable {
        /// What can be used.
        public var settings: Settings
        /// What is wrong, in the order of the file.
        public var complaints: [Complaint]
        /// Whether there is a file.
        public var isPresent: Bool
    }

    /// Reads a configuration.
    ///
    /// A file that is not there is no error: nothing is configured then. What is wrong with one backend leaves that
    /// one out; what is wrong with the file as a whole, such as a secret that others can read, leaves all of them
    /// out.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - adapters: the kinds of backends that there are.
    ///   - themes: the names of the themes that there are; nil leaves the name unchecked.
    ///   - keymaps: the names of the keymaps that there are; nil leaves the name unchecked.
    ///   - resources: what backends of these kinds can list; nil leaves the pages of wallboards unchecked.
    public static func read(
        _ path: String, adapters: [AdapterDescriptor], themes: [String]? = nil, keymaps: [String]? = nil,
        resources: [ResourceDescriptor]? = nil, directories: Directories
    ) -> Reading {
        let file: OperatorFile
        do throws(OperatorFile.Unreadable) {
            file = try OperatorFile(path)
        } catch {
            let complaints =
                error.isAbsent ? [] : [Complaint(.error, path, nil, "the configuration \(error.words)")]
            return Reading(settings: Settings(), complaints: complaints, isPresent: !error.isAbsent)
        }
        let table: TOMLTable
        do throws(TOMLError) {
            table = try TOMLTable.parse(file.bytes)
        } catch {
            return Reading(
                settings: Settings(),
                complaints: [Complaint(.error, path, error.position, "invalid TOML: \(error.words)")],
                isPresent: true)
        }
        var reader = SchemaReader(file: path) { directories.resolve($0, besides: path) }
        var settings = Settings(
            table, adapters: adapters, names: ["theme": themes, "keymap": keymaps], resources: resources,
            reader: &reader)
        reader.judge(file, &settings)
        let complaints = reader.complaints.sorted {
            ($0.position ?? TOMLPosition(line: 0, column: 0))
                < ($1.position ?? TOMLPosition(line: 0, column: 0))
        }
        return Reading(settings: settings, complaints: complaints, isPresent: true)
    }

    private init(
        _ table: TOMLTable, adapters: [AdapterDescriptor], names known: [String: [String]?],
        resources: [ResourceDescriptor]?, reader: inout SchemaReader
    ) {
        let values = reader.read(table, Schema.file, name: SchemaReader.whole)
        var names: [String: TOMLPosition] = [:]
        for values in values.sections("backend") {
            guard let backend = BackendConfiguration(values, adapters: adapters, reader: &reader) else {
                continue
            }
            if let first = names[backend.name.lowercased()] {
                reader.complain(
                    .error, at: values.position(of: "name"),
                    "the name \"\(backend.name)\" is taken by the backend in line \(first.line): choose another"
                )
                continue
            }
            names[backend.name.lowercased()] = values.position(of: "name")
            backends.append(backend)
        }
        readWallboards(
            values.sections("wallboard"),
            WallboardWords(
                themes: known["theme"] ?? nil, resources: resources, backends: backends.map(\.name)),
            reader: &reader)
        let words = WallboardWords(themes: nil, resources: resources, backends: backends.map(\.name))
        for values in values.sections("notify") {
            if let rule = AlarmRule(values, words, reader: &reader) { alarms.append(rule) }
        }
        for values in values.sections("command") {
            guard let command = ConfiguredCommand(values, resources, reader: &reader) else { continue }
            let title = command.command.title
            if commands.contains(where: { $0.command.title == title }) {
                reader.complain(
                    .error, at: values.position(of: "title"),
                    "there are two commands \"\(title)\": name one differently")
                continue
            }
            commands.append(command)
        }
        for values in values.sections("link") {
            guard let link = DescribedLink(values, resources, reader: &reader) else { continue }
            links.described.append(link)
        }
        links.guesses = values.section("links")?.flag("guesses") ?? true
        if let interface = values.section("ui") {
            let program = interface.list("browser")
            browser = program.isEmpty ? nil : program
            stripsDomain = interface.flag("strip_domain") ?? true
            stormThreshold = interface.number("storm").map { Int($0) } ?? stormThreshold
            savesBandwidth = interface.flag("low_bandwidth") ?? false
            for (key, target) in [("theme", \Settings.theme), ("keymap", \Settings.keymap)] {
                guard let name = interface.text(key) else { continue }
                if let names = known[key] ?? nil, !names.contains(name) {
                    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
                    reader.complain(
                        .warning, at: interface.position(of: key),
                        "there is no \(key) \"\(name)\"\(Nearest.hint(name, among: names)); there is \(list)")
                } else {
                    self[keyPath: target] = name
                }
            }
        }
        if let values = values.section("team"), values.flag("enabled") != false {
            team = TeamConfiguration(values, reader: &reader)
        }
        if let values = values.section("history") {
            var kept = HistorySettings()
            kept.days = values.number("days").map { Int($0) } ?? kept.days
            kept.bytes = values.number("size").map { Int64($0) } ?? kept.bytes
            history = values.flag("enabled") == false ? nil : kept
        }
        if let audit = values.section("audit") {
            auditIsBestEffort = audit.text("mode") == "best-effort"
            sharedAuditLog = audit.text("shared")
        }
    }
}

extension Settings {
    private mutating func readWallboards(
        _ all: [SettingValues], _ words: WallboardWords, reader: inout SchemaReader
    ) {
        var taken: [String: Int] = [:]
        for values in all {
            guard let profile = WallboardProfile(values, words, reader: &reader) else { continue }
            if let line = taken[profile.name] {
                reader.complain(
                    .error, at: values.position(of: "name"),
                    "the name \"\(profile.name)\" is taken by the wallboard in line \(line): choose another")
                continue
            }
            taken[profile.name] = values.position(of: "name").line
            wallboards.append(profile)
        }
    }
}

extension SchemaReader {
    /// Refuses a file whose permissions don't fit what stands in it.
    fileprivate mutating func judge(_ file: OperatorFile, _ settings: inout Settings) {
        let path = OperatorFile.quoted(self.file)
        if file.isExposed, let secret = writtenSecrets.first {
            settings.backends = []
            settings.team = nil
            complain(
                .error, at: secret,
                "here stands a secret that others can read (the file's mode is \(file.mode)): "
                    + "chmod 600 \(path), or keep the secret elsewhere with \(SettingType.secret.words)")
        }
        if file.isWritableByAll {
            settings.backends = []
            settings.commands = []
            settings.team = nil
            complain(
                .error, at: programs.first,
                "anybody can change this file (its mode is \(file.mode)), and with it the programs that nocturne runs "
                    + "and the servers that get its secrets: chmod 600 \(path)")
        }
    }
}
