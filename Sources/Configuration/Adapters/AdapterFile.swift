internal import AdapterKit
package import DeclaredAdapter
internal import Domain
internal import HTTP
internal import JSON
internal import TOML

/// A file that describes an adapter, read and held to what files of the kind may say.
package struct AdapterFile: Sendable {
    /// What it describes; nil where something is wrong with it.
    package let description: Description?
    /// Everything that is wrong, in the order of the file.
    package let complaints: [Complaint]

    /// Reads a file.
    package init(_ file: NamedFile) {
        let complaints = AdapterComplaints(file: file.path)
        var description: Description?
        do throws(TOMLError) {
            let sheet = AdapterSheet(try TOMLTable.parse(file.bytes), "", complaints)
            description = Self.read(sheet, file, complaints)
        } catch {
            complaints.add(error.position, "invalid TOML: \(error.words)")
        }
        let none = TOMLPosition(line: 0, column: 0)
        self.complaints = complaints.all.sorted { ($0.position ?? none) < ($1.position ?? none) }
        self.description = complaints.all.isEmpty ? description : nil
    }

    private static func read(
        _ sheet: AdapterSheet, _ file: NamedFile, _ complaints: AdapterComplaints
    ) -> Description? {
        var sheet = sheet
        let place = file.path.split(separator: "/").last.map(String.init) ?? file.path
        let isName =
            !file.name.isEmpty
            && file.name.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
            }
        if !isName {
            complaints.add(nil, "the file's name is the adapter's: lower case letters, digits and dashes")
        }
        let title = sheet.text("title", "\"My inventory\"", required: true)
        let basePath = sheet.text("base_path") ?? ""
        if !basePath.isEmpty,
            !basePath.hasPrefix("/") || basePath.hasSuffix("/")
                || basePath.contains(where: { "?#{".contains($0) })
        {
            sheet.complain("base_path", "base_path begins with a slash and does not end with one")
        }
        let secrets = sheet.texts("secrets") ?? []
        complaints.secrets = SecretKeys(whole: Set(secrets))
        let login = sheet.sheet("login").flatMap { Self.login($0) } ?? .none
        let probe = sheet.sheet("server", required: true).flatMap { Self.probe($0, place) }
        let answers = sheet.sheet("answers").map { Self.answers($0) } ?? Description.Answers()
        let resources = sheet.sheets("resource").compactMap { DeclaredResource.read($0, place) }
        if sheet.table["resource"] == nil {
            sheet.complain(nil, "the file lists nothing: add a [[resource]]")
        }
        let commands = sheet.sheets("command").flatMap { DeclaredCommand.read($0, resources, place) }
        sheet.close()
        guard let title, let probe else { return nil }
        var description = Description(name: file.name, title: title, probe: probe)
        description.basePath = basePath
        description.login = login
        description.answers = answers
        description.resources = resources
        description.commands = commands
        description.secrets = Set(secrets)
        check(description, sheet)
        return description
    }

    /// What only the whole file shows.
    private static func check(_ description: Description, _ sheet: AdapterSheet) {
        var kinds: Set<ResourceKind> = []
        for resource in description.resources where !kinds.insert(resource.descriptor.kind).inserted {
            sheet.complain("resource", "there are two resources of kind \"\(resource.descriptor.kind)\"")
        }
        var pairs: Set<String> = []
        for command in description.commands {
            for target in command.descriptor.targets
            where !pairs.insert("\(command.descriptor.kind) \(target)").inserted {
                sheet.complain("command", "there are two commands \(command.descriptor.kind) for a \(target)")
            }
            if let undo = command.undo, !description.commands.contains(where: { $0.descriptor.kind == undo })
            {
                sheet.complain("command", "undo of \(command.descriptor.kind): there is no command \(undo)")
            }
        }
        let reads = Set(description.reads)
        for step in description.commands.flatMap(\.declarations) where reads.contains(step) {
            sheet.complain(
                "command",
                "\(step.method.rawValue) \(step.template) is the login, which any reader may send: "
                    + "a command needs a path of its own")
        }
    }

    private static func login(_ sheet: AdapterSheet) -> Description.Login? {
        var sheet = sheet
        let method = sheet.choice("method", ["none", "token", "basic", "post"], required: true)
        defer { sheet.close() }
        func header(_ sheet: inout AdapterSheet) -> (String, String) {
            let name = sheet.text("header") ?? "Authorization"
            if let objection = HeaderRules.objection(to: name) { sheet.complain("header", objection) }
            let prefix = sheet.text("prefix") ?? (name.lowercased() == "authorization" ? "Bearer " : "")
            if !prefix.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) {
                sheet.complain("prefix", "prefix is plain ASCII such as \"Bearer \"")
            }
            return (name, prefix)
        }
        switch method {
        case "token":
            let (name, prefix) = header(&sheet)
            return .token(header: name, prefix: prefix)
        case "basic": return .basic
        case "post":
            let (name, prefix) = header(&sheet)
            let path = sheet.path(given: [])
            let token = sheet.pointer("token", required: true)
            if sheet.table["body"] == nil {
                sheet.complain(nil, "[login] needs body = { user = \"{user}\", password = \"{password}\" }")
            }
            guard let body = sheet.body("body", login: true), let path, let token else { return nil }
            return .post(
                Description.LoginRequest(
                    path: path.template, body: body, token: token, header: name, prefix: prefix))
        case "none": return Description.Login.none
        default: return nil
        }
    }

    private static func probe(_ sheet: AdapterSheet, _ place: String) -> Description.Probe? {
        var sheet = sheet
        let read = sheet.read(place, given: [])
        let expect = sheet.pointer("expect", required: true)
        let version = sheet.pointer("version")
        sheet.close()
        guard let read, let expect else { return nil }
        return Description.Probe(read, expect: expect, version: version)
    }

    private static func answers(_ sheet: AdapterSheet) -> Description.Answers {
        var sheet = sheet
        var answers = Description.Answers()
        answers.errors = sheet.pointers("error") ?? []
        if var success = sheet.sheet("success") {
            answers.success = success.condition()
            success.close()
        }
        sheet.close()
        return answers
    }
}
