#compdef banyan

__banyan_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__banyan_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __banyan_complete "${completions[@]:0:-1}"
    fi
}

__banyan_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_banyan() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'demo:Run a demonstration of a whole domain.'
            'serve:Start the platform with its web console.'
            'workflow:Check workflow definitions; list, show, resume and cancel runs.'
            'task:Human tasks: list and answer them.'
            'knowledge:The knowledge base: ingest, search, list, forget.'
            'scan:Find and grade sensitive data in a text file. Never prints a matched value.'
            'audit:The audit log: show it, verify its chain.'
            'token:Users of a console that other machines can reach.'
            'doctor:Say what is present, what is missing and how to get it.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        demo|serve|workflow|task|knowledge|scan|audit|token|doctor|help)
            "_banyan_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_demo() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'government:A city'\''s service hotline, from request to reply.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        government)
            "_banyan_demo_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_demo_government() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--directory[Folder with the demonstration'\''s files.]:dir:'
        '--knowledge[Folder of knowledge documents. The default is DIRECTORY/knowledge.]:dir:'
        '--requests[Requests, one JSON object a line. The default is DIRECTORY/requests.jsonl.]:file:'
        '--departments[Departments as CSV. The default is DIRECTORY/departments.csv.]:file:'
        '--width[Requests under way at once, 1 to 16.]:width:'
        '--leave-tasks[Leave human tasks open for people (see `banyan serve`) instead of answering them by a scripted clerk.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_serve() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--host[The address to listen on.]:host:'
        '--port[The port, 0 for any free one.]:port:'
        '--token-file[Users who may sign in, one a line (see `banyan token`).]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'check:Check types, references and labels of a definition before anything runs.'
            'list:List runs, the newest first.'
            'show:Show the steps of a run. Outputs are left out: the console shows them by clearance.'
            'resume:Take up every unfinished run where it stopped.'
            'cancel:Cancel a run at its next step boundary.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        check|list|show|resume|cancel)
            "_banyan_workflow_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_workflow_check() {
    local -i ret=1
    local -ar arg_specs=(
        ':file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--status[Only runs of this status\: running, waiting, sleeping, completed, failed, cancelled.]:status:'
        '--limit[At most this many.]:limit:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_show() {
    local -i ret=1
    local -ar arg_specs=(
        ':run:'
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_resume() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_cancel() {
    local -i ret=1
    local -ar arg_specs=(
        ':run:'
        '--data[The data directory.]:dir:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_task() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'list:List open tasks, the oldest first.'
            'answer:Answer a task; its run goes on.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        list|answer)
            "_banyan_task_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_task_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_task_answer() {
    local -i ret=1
    local -ar arg_specs=(
        ':task:'
        ':choice:'
        '--by[Who answers.]:by:'
        '--comment[A remark that is kept with the answer.]:comment:'
        '--data[The data directory.]:dir:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_knowledge() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'ingest:Read a folder of documents into the index. Unchanged files are skipped.'
            'search:Search, with citations.'
            'list:List the documents of the index.'
            'forget:Remove every trace of a document from the index.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        ingest|search|list|forget)
            "_banyan_knowledge_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_knowledge_ingest() {
    local -i ret=1
    local -ar arg_specs=(
        ':folder:'
        '--grade[The grade of the documents\: L1 … L4, important, core.]:grade:'
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_knowledge_search() {
    local -i ret=1
    local -ar arg_specs=(
        ':query:'
        '--clearance[The highest grade to show.]:clearance:'
        '--limit[At most this many hits, 1 to 50.]:limit:'
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_knowledge_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_knowledge_forget() {
    local -i ret=1
    local -ar arg_specs=(
        ':document:'
        '--data[The data directory.]:dir:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_scan() {
    local -i ret=1
    local -ar arg_specs=(
        ':path:'
        '--explain[Say why each candidate was kept or dropped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_audit() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'verify:Check every row'\''s hash; exits 1 when a row was altered, removed or reordered.'
            'show:The newest rows first.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        verify|show)
            "_banyan_audit_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_audit_verify() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_audit_show() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--limit[At most this many, 1 to 10000.]:limit:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_token() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'add:Draw a token for a user, print it once, and add its SHA-256 to a token file.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        add)
            "_banyan_token_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_token_add() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--file[The token file; made when absent.]:file:'
        '--clearance[The highest grade this user may see\: L1 … L4, important, core.]:clearance:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_doctor() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _banyan ]]; then
    _banyan "${@}"
else
    compdef _banyan banyan
fi
