public import HTTP

/// One path of an API with what can be done there, as data.
///
/// The catalogue of an adapter is its declaration: what it reads may be read by looking around, what it changes may be
/// sent as a command, and nothing else.
public struct CatalogueEntry: Sendable, Hashable {
    /// What it is, as in `List of bonds`.
    public let title: String
    /// The part of the API that it belongs to, in the document's words.
    public let section: String
    /// The path below the base path.
    public let template: PathTemplate
    /// What the API's document says may be asked there.
    public let methods: [Method]
    /// The methods that change something; where GET is among them, a look is an act.
    public let acting: [Method]
    /// The methods that take something away from customers or can't be undone; DELETE always does.
    public let hurting: [Method]
    /// Names of fields that hold secrets here, besides those that mean a secret everywhere.
    public let secrets: Set<String>
    /// The name that the document has for the function; empty where it has none.
    public let name: String
    /// Whether rows stand at a path that ends with a parameter, such as the members of a group by its name.
    public let isList: Bool
    /// What one has to know before using it; empty where there is nothing.
    public let note: String

    /// Describes a path; whatever is no GET, HEAD or OPTIONS acts unless told otherwise.
    ///
    /// - Parameter acting: the methods that act, where that does not follow from the methods.
    public init(
        _ title: String, in section: String, _ template: PathTemplate, _ methods: [Method] = [.get],
        acting: [Method]? = nil, hurting: [Method] = [], secrets: Set<String> = [], name: String = "",
        isList: Bool = false, note: String = ""
    ) {
        self.title = title
        self.section = section
        self.template = template
        self.methods = methods
        let acting = acting ?? methods.filter { !$0.isSafe }
        self.acting = acting
        self.hurting = acting.filter { $0 == .delete || hurting.contains($0) }
        self.secrets = secrets
        self.name = name
        self.isList = isList
        self.note = note
    }

    /// The names of its functions, where the document has any.
    var names: [String] { name.replacing(", ", with: ",").split(separator: ",").map(String.init) }
    /// Whether a mere look acts.
    public var actsByGet: Bool { acting.contains(.get) }
    /// Whether it can be looked at.
    public var isReadable: Bool { methods.contains(.get) && !actsByGet }
    /// Whether a POST there reads: it asks a question that is too long for a query.
    public var isAskedByPost: Bool { methods.contains(.post) && !acting.contains(.post) }

    /// What the gate has to let through for it: GET where that reads, a POST that asks, and OPTIONS; nothing at all where
    /// a look would act.
    public var reads: [ReadDeclaration] {
        if actsByGet { return [] }
        var reads = [ReadDeclaration(template, method: .options)]
        if isReadable { reads.append(ReadDeclaration(template)) }
        if isAskedByPost { reads.append(ReadDeclaration(template, method: .post)) }
        return reads
    }
}

extension PathTemplate {
    /// Whether it ends with a parameter: usually one object by its id.
    package var endsWithParameter: Bool { description.split(separator: "/").last?.hasPrefix("{") == true }
}
