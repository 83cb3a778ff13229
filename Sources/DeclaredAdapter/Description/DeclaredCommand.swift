package import Domain
package import HTTP

/// One command that a file describes, for targets of one kind.
package struct DeclaredCommand: Sendable {
    /// What the screen knows of it.
    package let descriptor: CommandDescriptor
    /// The kind of its targets.
    let target: ResourceKind
    /// What is sent for each target.
    let steps: [DeclaredStep]
    /// How it is seen that it happened.
    let verification: Verification
    /// When nothing has to be sent, and why.
    package var skips: [Skip] = []
    /// What was read of a target, in words.
    package var state: Template?
    /// What it will do, in words.
    package var summary: Template
    /// What it costs others.
    package var warning = ""
    /// Where a row names what it shares with other rows, which the command then changes too.
    package var shared: (at: Pointer, words: String)?
    /// The command that takes it back.
    package var undo: CommandKind?
    /// The answers of the form that are lengths of time, and what holds where one is not given.
    package var lengths: Set<FieldKey> = []
    package var standards: [FieldKey: String] = [:]

    /// Describes a command.
    package init(
        _ descriptor: CommandDescriptor, target: ResourceKind, steps: [DeclaredStep],
        verification: Verification, summary: Template
    ) {
        self.descriptor = descriptor
        self.target = target
        self.steps = steps
        self.verification = verification
        self.summary = summary
    }

    /// What it sends, as a gate sees it.
    package var declarations: [ReadDeclaration] { steps.map { ReadDeclaration($0.path, method: $0.method) } }

    /// A reason to send nothing.
    package struct Skip: Sendable {
        let condition: Condition
        let words: String

        /// Makes a reason.
        package init(_ condition: Condition, _ words: String) {
            self.condition = condition
            self.words = words
        }
    }

    /// What is read after sending, and what of it is evidence.
    package struct Verification: Sendable {
        /// What is read; nil reads the row again.
        package let source: DeclaredSource?
        package let test: Test
        let words: String

        /// Describes evidence.
        package init(_ source: DeclaredSource?, _ test: Test, words: String) {
            self.source = source
            self.test = test
            self.words = words
        }

        /// What shows that it happened.
        package enum Test: Sendable {
            /// A condition that holds afterwards.
            case holds(Condition)
            /// A value that is another than before.
            case changes(Pointer)
            /// A value that is what the request said.
            case equals(Pointer, Template)
        }

        /// Where it looks.
        var at: Pointer {
            switch test {
            case .holds(let condition): condition.at
            case .changes(let pointer), .equals(let pointer, _): pointer
            }
        }
    }
}

/// One request of a command.
package struct DeclaredStep: Sendable {
    let method: Method
    let path: PathTemplate
    let parameters: [String: Template]
    let query: [(key: String, value: Template)]
    let body: BodyTemplate?
    /// Sent once for each element at a pointer into the row; nil sends it once.
    let each: Pointer?

    /// Describes a request.
    package init(
        _ method: Method, _ path: PathTemplate, _ parameters: [String: Template],
        query: [(key: String, value: Template)], body: BodyTemplate?, each: Pointer?
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.body = body
        self.each = each
    }

    /// Whether it uses the keys of what it is sent for.
    var takesKey: Bool {
        parameters.values.contains(where: \.takesKey) || query.contains(where: \.value.takesKey)
            || body?.takesKey == true
    }

    /// All templates of it.
    package var templates: [Template] {
        Array(parameters.values) + query.map(\.value) + (body?.templates ?? [])
    }
}
