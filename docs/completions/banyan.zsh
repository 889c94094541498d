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
            'worker:Carry on runs of workflows that several processes share over PostgreSQL.'
            'model:Models: import, list, show, quantize, merge, measure, examine, remove.'
            'chat:Talk with a model in the terminal.'
            'tune:Train small models on this machine.'
            'workflow:Plan, check, draw and run workflow definitions; list, show, resume, change, fork and cancel runs.'
            'agent:Let a language model work on a task with tools; list tools; see what was learned about strategies.'
            'task:Human tasks: list, show and answer them; export what people decided.'
            'knowledge:The knowledge base: ingest, search, list, forget.'
            'scan:Find and grade sensitive data in files, archives, databases, mail, repositories and whole trees. Never prints a matched value.'
            'feedback:Say which findings are right and which are not, see what would follow, and take it back.'
            'audit:The audit log: show it, verify its chain.'
            'token:Users of a console that other machines can reach.'
            'doctor:Say what is present, what is missing and how to get it.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        demo|serve|worker|model|chat|tune|workflow|agent|task|knowledge|scan|feedback|audit|token|doctor|help)
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--directory[Folder with the demonstration'\''s files.]:dir:'
        '--knowledge[Folder of knowledge documents. The default is DIRECTORY/knowledge.]:dir:'
        '--requests[Requests, one JSON object a line. The default is DIRECTORY/requests.jsonl.]:file:'
        '--departments[Departments as CSV. The default is DIRECTORY/departments.csv.]:file:'
        '--width[Requests under way at once, 1 to 16.]:width:'
        '--model[The imported language model that drafts replies; `none` for sentences of the documents. The default is the imported one if there is exactly one.]:model:'
        '--leave-tasks[Leave human tasks open for people (see `banyan serve`) instead of answering them by a scripted clerk.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_serve() {
    local -i ret=1
    local -ar ___call_format=('object' 'tagged')
    local -ar ___kv=('f16' 'q8')
    local -ar arg_specs=(
        '--import-root[The folder below which steps import and scan. By default the one named last, else import in the data directory.]:dir:'
        '--export-root[The folder below which steps export. By default the one named last, else export in the data directory.]:dir:'
        '*--allow-host[A host that http steps may ask, as HOST or HOST\:PORT; may be given several times. None by default.]:host:'
        '--step-model[The language model of model steps; the only one imported by default.]:name:'
        '--secrets[Secrets of steps, one NAME=value a line, in a file that nobody else may read. By default the file secrets in the data directory, if it is there.]:file:'
        '*--allow-code[A program that code steps may run in a box, by its whole path; may be given several times. None by default.]:program:'
        '*--code-folder[A folder that code may read; may be given several times. It sees the system'\''s programs and nothing else by default.]:dir:'
        '--code-seconds[Seconds that one run of code may take.]:seconds:'
        '--code-memory[Memory of one process of code, in MiB.]:mib:'
        '--code-processes[Processes and threads of one run of code.]:count:'
        '--call-format[How models of agents write calls\: object, which they are held to, or tagged, for models trained to <tool_call> marks.]:format:{__banyan_complete "${___call_format[@]}"}'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--host[The address to listen on.]:host:'
        '--port[The port, 0 for any free one.]:port:'
        '--token-file[Users who may sign in, one a line (see `banyan token`).]:file:'
        '--webhook[Tell of tasks that wait or are overdue by signed requests to this address.]:http\://host/path:'
        '--webhook-secret-file[The secret that signs them, in a file of mode 600.]:file:'
        '--mail-relay[Tell of them by mail through this relay.]:host\:port:'
        '--mail-from[The address that mails come from.]:address:'
        '*--mail-to[Who gets mails about tasks whose people are not mail addresses themselves; again for each.]:address:'
        '--notice-grade[Titles of tasks up to this grade are told; of others only that they wait.]:grade:'
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory for models in MiB. The default is half of the machine'\''s.]:mib:'
        '--context[Tokens of the longest conversation.]:tokens:'
        '--slots[Answers under way at once, a model.]:slots:'
        '--speculate[The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.]:tokens:'
        '--kv[How keys and values are held\: f16, or q8 for about half the memory and slightly other answers.]:format:{__banyan_complete "${___kv[@]}"}'
        '--tuning-memory[Memory that a job of fine-tuning may take, in MiB; 0 refuses such jobs. The default is a quarter of the machine'\''s.]:mib:'
        '--key-file[Keys that may call the API beside the users of --token-file, in the same form.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_worker() {
    local -i ret=1
    local -ar ___call_format=('object' 'tagged')
    local -ar arg_specs=(
        '--concurrency[Runs at once.]:concurrency:'
        '--import-root[The folder below which steps import and scan. By default the one named last, else import in the data directory.]:dir:'
        '--export-root[The folder below which steps export. By default the one named last, else export in the data directory.]:dir:'
        '*--allow-host[A host that http steps may ask, as HOST or HOST\:PORT; may be given several times. None by default.]:host:'
        '--step-model[The language model of model steps; the only one imported by default.]:name:'
        '--secrets[Secrets of steps, one NAME=value a line, in a file that nobody else may read. By default the file secrets in the data directory, if it is there.]:file:'
        '*--allow-code[A program that code steps may run in a box, by its whole path; may be given several times. None by default.]:program:'
        '*--code-folder[A folder that code may read; may be given several times. It sees the system'\''s programs and nothing else by default.]:dir:'
        '--code-seconds[Seconds that one run of code may take.]:seconds:'
        '--code-memory[Memory of one process of code, in MiB.]:mib:'
        '--code-processes[Processes and threads of one run of code.]:count:'
        '--call-format[How models of agents write calls\: object, which they are held to, or tagged, for models trained to <tool_call> marks.]:format:{__banyan_complete "${___call_format[@]}"}'
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model() {
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
            'import:Register a model under a name.'
            'add-remote:Register a model that another server runs (vLLM, Ollama, llama-server, another Banyan).'
            'list:List the models.'
            'show:Show what a model'\''s file says of it.'
            'quantize:Write a smaller file of a model.'
            'merge:Write one file of a model and an adapter.'
            'bench:Measure a model'\''s speed, beside the memory'\''s.'
            'tokens:Show the tokens that a model reads a text as.'
            'perplexity:Measure how well a model predicts a text.'
            'embed:Write the vectors that an encoder gives texts.'
            'price:Say what tokens of a model cost, or list what was said.'
            'remove:Forget a model, local or remote, or an adapter, and delete its copy in the data directory.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        import|add-remote|list|show|quantize|merge|bench|tokens|perplexity|embed|price|remove)
            "_banyan_model_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_model_import() {
    local -i ret=1
    local -ar arg_specs=(
        ':model:'
        '--name[The model'\''s name. The default is the file'\''s name without its ending, or the folder'\''s.]:name:'
        '--scheme[Quantize to this scheme\: F16, Q8_0, Q6_K, Q4_0, Q4_K, Q4_K_M. The default keeps the model'\''s types.]:scheme:'
        '--base[The model that a GGUF adapter belongs to\: it is registered as BASE\:NAME.]:model:'
        '--in-place[Leave a GGUF file where it is.]'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_add-remote() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--url[Where the API begins, e.g. http\://10.0.0.5\:8000/v1.]:url:'
        '--model[The model'\''s name over there.]:remote-name:'
        '--key-file[A file that holds the key for that server, readable by its owner only.]:file:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_show() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_quantize() {
    local -i ret=1
    local -ar ___kv=('f16' 'q8')
    local -ar arg_specs=(
        ':file:'
        ':out:'
        '--scheme[The scheme.]:scheme:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory for models in MiB. The default is half of the machine'\''s.]:mib:'
        '--context[Tokens of the longest conversation.]:tokens:'
        '--slots[Answers under way at once, a model.]:slots:'
        '--speculate[The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.]:tokens:'
        '--kv[How keys and values are held\: f16, or q8 for about half the memory and slightly other answers.]:format:{__banyan_complete "${___kv[@]}"}'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_merge() {
    local -i ret=1
    local -ar arg_specs=(
        ':model:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--adapter[A GGUF adapter.]:file:'
        '--out[The file to write.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_bench() {
    local -i ret=1
    local -ar ___kv=('f16' 'q8')
    local -ar arg_specs=(
        ':file:'
        '--prompt[Tokens of the prompt.]:prompt:'
        '--answer[Tokens of the answer.]:answer:'
        '--depth[Tokens before the answer when its speed is measured.]:depth:'
        '--parallel[Answers at once.]:parallel:'
        '--rounds[Repetitions; the median is reported.]:rounds:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory for models in MiB. The default is half of the machine'\''s.]:mib:'
        '--context[Tokens of the longest conversation.]:tokens:'
        '--slots[Answers under way at once, a model.]:slots:'
        '--speculate[The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.]:tokens:'
        '--kv[How keys and values are held\: f16, or q8 for about half the memory and slightly other answers.]:format:{__banyan_complete "${___kv[@]}"}'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_tokens() {
    local -i ret=1
    local -ar arg_specs=(
        ':model:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        ':text:'
        '--bare[Leave out the marks that the tokenizer puts around a text.]'
        '--specials[Read marks such as <|im_start|> in the text as what they stand for.]'
        '--separator[The text between these words is several texts, each tokenized alone; --json gives one object a text.]:separator:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_perplexity() {
    local -i ret=1
    local -ar arg_specs=(
        ':model:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        ':file:'
        '--context[Tokens of a chunk.]:context:'
        '--chunks[The most chunks. The default is all.]:chunks:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_embed() {
    local -i ret=1
    local -ar arg_specs=(
        ':model:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        ':file:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--measure[Write how fast it was, in JSON, instead of the vectors. Reading the model does not count, tokenizing does.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_price() {
    local -i ret=1
    local -ar arg_specs=(
        ':model:'
        '--read[The price of a million tokens read.]:amount:'
        '--written[The price of a million tokens written.]:amount:'
        '--currency[The currency.]:currency:'
        '--off[Forget the model'\''s price.]'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_model_remove() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_chat() {
    local -i ret=1
    local -ar ___kv=('f16' 'q8')
    local -ar arg_specs=(
        ':model:'
        '--prompt[Answer this and exit.]:prompt:'
        '--system[What the model is told first.]:system:'
        '--temperature[0 takes the most probable token always.]:temperature:'
        '--seed[The same seed gives the same answer.]:seed:'
        '--max-tokens[The most tokens of an answer.]:max-tokens:'
        '--history[Keep the history of lines in this file. Without it nothing is written\: prompts are private.]:file:'
        '--grammar[Answers follow the rules of this file, in the notation of GBNF.]:file:'
        '--json-schema[Answers are JSON values under the schema of this file.]:file:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory for models in MiB. The default is half of the machine'\''s.]:mib:'
        '--context[Tokens of the longest conversation.]:tokens:'
        '--slots[Answers under way at once, a model.]:slots:'
        '--speculate[The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.]:tokens:'
        '--kv[How keys and values are held\: f16, or q8 for about half the memory and slightly other answers.]:format:{__banyan_complete "${___kv[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune() {
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
            'lora:Fine-tune a language model: an adapter learns beside its weights.'
            'image:Train a classifier of gray images.'
            'classifier:Train a classifier of texts.'
            'tagger:Train a tagger: a network that finds spans of types in texts, such as names of persons and places.'
            'audio:Train a classifier of sounds.'
            'tabular:Train a network that predicts a column of a table from the others.'
            'classify:Use a model that was trained here on texts, sounds or rows of tables.'
            'tag:Find spans in texts with a tagger that was trained here, or measure it.'
            'continual:Train a classifier of texts on tasks one after another, and measure what it forgets.'
            'withdraw:Take away what a source taught a classifier with adapters.'
            'embedding:Train an encoder of sentences, for search by meaning and by words.'
            'embed:Write the vectors that a sentence encoder gives texts, or find the nearest text.'
            'check:Check data for fine-tuning a language model, without training.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        lora|image|classifier|tagger|audio|tabular|classify|tag|continual|withdraw|embedding|embed|check)
            "_banyan_tune_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_tune_lora() {
    local -i ret=1
    local -ar ___format=('messages' 'alpaca' 'conversations' 'text' 'preference' 'openai-preference')
    local -ar ___answers=('all' 'last')
    local -ar arg_specs=(
        '--model[A model'\''s name, or a GGUF file.]:model:'
        '--data[What is learned.]:file:'
        '--validation[What is measured with, instead of a part of the data.]:file:'
        '--format[The form of the data. The default is that of the first row.]:format:{__banyan_complete "${___format[@]}"}'
        '--answers[Which answers of a conversation are learned\: all or last.]:answers:{__banyan_complete "${___answers[@]}"}'
        '--rank[Rank of the added matrices.]:rank:'
        '--alpha[What they are weighed by\: alpha / rank. The default is twice the rank.]:alpha:'
        '--targets[Layers that get one, by comma\: q,k,v,o,gate,up,down, or all.]:layers:'
        '--dropout[The share of inputs that is left out while training.]:dropout:'
        '--rank-stabilized[Weigh by alpha / sqrt(rank) (rsLoRA), for high ranks.]'
        '--magnitudes[Learn the length of every row by itself (DoRA).]'
        '--context[Tokens of the longest example.]:tokens:'
        '--accumulate[Parts that a batch is computed in, for less memory.]:n:'
        '--pack[Pack examples into rows of --context tokens; --batch counts rows then.]'
        '--recompute[Compute what lies inside blocks again instead of keeping it\: less memory, more time.]'
        '--exact[Compute with floats throughout, rounding nothing\: slower, and four times the memory.]'
        '--beta[How far preferences may carry the model\: small is far (DPO).]:beta:'
        '--decay[Weight decay.]:decay:'
        '--from[Go on from this adapter, of the same layers and rank.]:file:'
        '--register[Register the adapter under this name after its model'\''s.]:name:'
        '--models[The data directory that holds the model.]:dir:'
        '--out[The model to write.]:file:'
        '--epochs[Times that all examples are seen.]:epochs:'
        '--batch[Examples of a step.]:n:'
        '--rate[The highest rate.]:rate:'
        '--held-out[The share of examples that are kept to measure with.]:share:'
        '--patience[End after this many epochs without progress.]:epochs:'
        '--seed[The same seed gives the same model.]:seed:'
        '--license[The license of the data, for the card.]:license:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory that tensors may take, in MiB.]:mib:'
        '--keep-every[Keep the run each time so many seconds have passed, and after each epoch.]:seconds:'
        '--resume[Go on with a run that was stopped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_image() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[Images in the idx format.]:file:'
        '--labels[Their labels in the idx format.]:file:'
        '--out[The model to write.]:file:'
        '--epochs[Times that all examples are seen.]:epochs:'
        '--batch[Examples of a step.]:n:'
        '--rate[The highest rate.]:rate:'
        '--held-out[The share of examples that are kept to measure with.]:share:'
        '--patience[End after this many epochs without progress.]:epochs:'
        '--seed[The same seed gives the same model.]:seed:'
        '--license[The license of the data, for the card.]:license:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory that tensors may take, in MiB.]:mib:'
        '--keep-every[Keep the run each time so many seconds have passed, and after each epoch.]:seconds:'
        '--resume[Go on with a run that was stopped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_classifier() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[Texts with labels.]:file:'
        '--text[The column or member that holds the text. The default is one of\: text, sentence, review, content.]:name:'
        '--label[The column or member that holds the label. The default is one of\: label, category, class.]:name:'
        '--held-out-data[Texts to measure with, instead of a share of the others.]:file:'
        '--buckets[Places that pieces of text are hashed into.]:n:'
        '--width[Numbers of a piece'\''s vector.]:n:'
        '--out[The model to write.]:file:'
        '--epochs[Times that all examples are seen.]:epochs:'
        '--batch[Examples of a step.]:n:'
        '--rate[The highest rate.]:rate:'
        '--held-out[The share of examples that are kept to measure with.]:share:'
        '--patience[End after this many epochs without progress.]:epochs:'
        '--seed[The same seed gives the same model.]:seed:'
        '--license[The license of the data, for the card.]:license:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory that tensors may take, in MiB.]:mib:'
        '--keep-every[Keep the run each time so many seconds have passed, and after each epoch.]:seconds:'
        '--resume[Go on with a run that was stopped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_tagger() {
    local -i ret=1
    local -ar arg_specs=(
        '*--data[Texts with spans. Several files are joined.]:file:'
        '--held-out-data[Texts to measure with, instead of a share of the others.]:file:'
        '--types[Types to learn, separated by commas. The default is all.]:types:'
        '*--words[A list of words, one a line, that the network sees in texts. May be given several times.]:name=file:'
        '--width[Numbers of a layer, a multiple of 64.]:n:'
        '--dilations[Characters between the taps of each layer'\''s convolution, separated by commas.]:list:'
        '--recurrences[Layers of recurrences.]:n:'
        '--pairs[Pairs of characters that are known, the most frequent ones.]:n:'
        '--threes[Threes of characters that are known, the most frequent ones.]:n:'
        '--known-from[Times that a character, pair or three must occur to be known.]:n:'
        '--dropout[Shares that training does without\: of whole vectors, of joined vectors, of layers.]:list:'
        '--changes[Shares that training changes\: of spans that get the text of another one of their type, of characters that are hidden.]:list:'
        '--consistency[What counts how far two views of a text are apart; 0 sees each text once a step.]:x:'
        '--decay[What a step at the rate 1 takes of each weight.]:share:'
        '--quick[Train a quick tagger\: a linear chain over hashed features, for long texts. It takes --data, --held-out-data, --types, --features and the options of a run, and no options of a network.]'
        '--features[Features that a quick tagger keeps, those that matter most.]:n:'
        '--out[The model to write.]:file:'
        '--epochs[Times that all examples are seen.]:epochs:'
        '--batch[Examples of a step.]:n:'
        '--rate[The highest rate.]:rate:'
        '--held-out[The share of examples that are kept to measure with.]:share:'
        '--patience[End after this many epochs without progress.]:epochs:'
        '--seed[The same seed gives the same model.]:seed:'
        '--license[The license of the data, for the card.]:license:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory that tensors may take, in MiB.]:mib:'
        '--keep-every[Keep the run each time so many seconds have passed, and after each epoch.]:seconds:'
        '--resume[Go on with a run that was stopped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_audio() {
    local -i ret=1
    local -ar ___label_from=('name' 'folder')
    local -ar arg_specs=(
        '--data[A folder or an archive of WAV files.]:path:'
        '--label-from[Where labels stand\: name or folder.]:place:{__banyan_complete "${___label_from[@]}"}'
        '--labels[A table of labels, instead.]:file:'
        '--frames[Hundredths of a second that are looked at. The default fits 19 of 20 sounds.]:n:'
        '--out[The model to write.]:file:'
        '--epochs[Times that all examples are seen.]:epochs:'
        '--batch[Examples of a step.]:n:'
        '--rate[The highest rate.]:rate:'
        '--held-out[The share of examples that are kept to measure with.]:share:'
        '--patience[End after this many epochs without progress.]:epochs:'
        '--seed[The same seed gives the same model.]:seed:'
        '--license[The license of the data, for the card.]:license:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory that tensors may take, in MiB.]:mib:'
        '--keep-every[Keep the run each time so many seconds have passed, and after each epoch.]:seconds:'
        '--resume[Go on with a run that was stopped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_tabular() {
    local -i ret=1
    local -ar ___task=('label' 'number')
    local -ar arg_specs=(
        '--data[The table.]:file:'
        '--target[The column to predict.]:name:'
        '--task[What it is\: label or number. The default is a number when all values are, more than 20 of them different.]:kind:{__banyan_complete "${___task[@]}"}'
        '--ignore[Columns not to look at, such as identifiers.]:name:'
        '--width[Numbers of a layer.]:n:'
        '--out[The model to write.]:file:'
        '--epochs[Times that all examples are seen.]:epochs:'
        '--batch[Examples of a step.]:n:'
        '--rate[The highest rate.]:rate:'
        '--held-out[The share of examples that are kept to measure with.]:share:'
        '--patience[End after this many epochs without progress.]:epochs:'
        '--seed[The same seed gives the same model.]:seed:'
        '--license[The license of the data, for the card.]:license:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory that tensors may take, in MiB.]:mib:'
        '--keep-every[Keep the run each time so many seconds have passed, and after each epoch.]:seconds:'
        '--resume[Go on with a run that was stopped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_classify() {
    local -i ret=1
    local -ar arg_specs=(
        '--model[A model of `banyan tune` classifier, continual, audio or tabular.]:file:'
        '*:files:'
        '--task[Which of the model'\''s questions to answer. The default is the first.]:name:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_tag() {
    local -i ret=1
    local -ar arg_specs=(
        '--model[A model of `banyan tune tagger`.]:file:'
        ':file:'
        '--text[Show each text beside its spans.]'
        '--evaluate[Texts with spans to measure the model with.]:file:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_continual() {
    local -i ret=1
    local -ar ___method=('plain' 'replay' 'ewc' 'adapters' 'joint')
    local -ar arg_specs=(
        '*--task[A task and its file, in the order of learning; give several.]:name=file:'
        '--method[How it keeps what it knows\: plain, replay, ewc, adapters or joint.]:method:{__banyan_complete "${___method[@]}"}'
        '--limit[Texts of a task at most, by chance.]:n:'
        '--buffer[Texts that replay keeps, of all tasks together.]:n:'
        '--strength[How much elastic weight consolidation counts against the loss.]:number:'
        '--rank[Outputs that an adapter may change. The default is an even share of the width.]:n:'
        '--buckets[Places that pieces of text are hashed into.]:n:'
        '--width[Numbers of a piece'\''s vector.]:n:'
        '--out[The model to write.]:file:'
        '--epochs[Times that all examples are seen.]:epochs:'
        '--batch[Examples of a step.]:n:'
        '--rate[The highest rate.]:rate:'
        '--held-out[The share of examples that are kept to measure with.]:share:'
        '--patience[End after this many epochs without progress.]:epochs:'
        '--seed[The same seed gives the same model.]:seed:'
        '--license[The license of the data, for the card.]:license:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory that tensors may take, in MiB.]:mib:'
        '--keep-every[Keep the run each time so many seconds have passed, and after each epoch.]:seconds:'
        '--resume[Go on with a run that was stopped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_withdraw() {
    local -i ret=1
    local -ar arg_specs=(
        '--model[A model of `banyan tune continual --method adapters`.]:file:'
        '--source[The task whose source is withdrawn.]:name:'
        '--out[The model to write; it may be the same file.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_embedding() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[Pairs of texts.]:file:'
        '--words[Words with their frequencies.]:file:'
        '--held-out-data[Pairs to measure with, instead of a share of the others.]:file:'
        '--memory-size[Numbers of the memory that vectors of pieces are windows of\: bytes of the model.]:n:'
        '--width[Numbers of a vector.]:n:'
        '--hidden[Numbers of the hidden layer.]:n:'
        '--out[The model to write.]:file:'
        '--epochs[Times that all examples are seen.]:epochs:'
        '--batch[Examples of a step.]:n:'
        '--rate[The highest rate.]:rate:'
        '--held-out[The share of examples that are kept to measure with.]:share:'
        '--patience[End after this many epochs without progress.]:epochs:'
        '--seed[The same seed gives the same model.]:seed:'
        '--license[The license of the data, for the card.]:license:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory that tensors may take, in MiB.]:mib:'
        '--keep-every[Keep the run each time so many seconds have passed, and after each epoch.]:seconds:'
        '--resume[Go on with a run that was stopped.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_embed() {
    local -i ret=1
    local -ar arg_specs=(
        '--model[A model of `banyan tune embedding`. The default is the bundled one.]:file:'
        ':file:'
        '--search[Find the texts that are nearest to this one.]:query:'
        '--limit[Texts to find.]:n:'
        '--measure[Write how fast it was, in JSON, instead of the vectors.]'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_tune_check() {
    local -i ret=1
    local -ar ___format=('messages' 'alpaca' 'conversations' 'text' 'preference' 'openai-preference')
    local -ar ___answers=('all' 'last')
    local -ar arg_specs=(
        '--data[The data.]:file:'
        '--validation[Data to measure with, compared with the others.]:file:'
        '--format[The form of the data. The default is that of the first row.]:format:{__banyan_complete "${___format[@]}"}'
        '--model[A model'\''s name, or a GGUF file\: counts tokens.]:model:'
        '--length[Tokens of a row at most.]:tokens:'
        '--answers[Which answers of a conversation are learned\: all or last.]:answers:{__banyan_complete "${___answers[@]}"}'
        '--models[The data directory that holds the model.]:dir:'
        '--tokens[With --json and --model, show the tokens of every example and which of them are learned.]'
        '--json[Print JSON instead of text.]'
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
            'plan:Turn a request in Chinese or English into a checked workflow, shown as a graph and as YAML. Nothing runs but the trials of --search.'
            'teach:Teach the planner how people of yours ask for steps.'
            'check:Check types, references, costs and labels of a definition before anything runs.'
            'run:Start a run of a definition and carry it on until it ends or waits.'
            'signal:Bring an event to a run that waits for it, or will.'
            'pause:Start nothing more in a run until it is unpaused.'
            'change:Go on with a run, or with all runs of a workflow, under another definition.'
            'schedule:Start runs by time, files that arrive, signed requests or readings that give warning, while `banyan serve` runs.'
            'schema:Write the JSON Schema of definitions, with every step kind, for editors that complete YAML by one.'
            'list:List runs, the newest first.'
            'show:Show the steps of a run.'
            'resume:Take up every unfinished run where it stopped.'
            'fork:Go on with a run from one of its steps, as a new run: what was done before is kept.'
            'replay:Run the steps of a run again with the inputs they had, and compare their outputs.'
            'cancel:Cancel a run at its next step boundary.'
            'graph:Draw a definition, or a run with where its steps stand, as SVG, Mermaid, Graphviz or an outline on standard output.'
            'outbox:List notices that wait or were given up, without what they say.'
            'readings:List what steps measured: the newest of each name, or the history of one.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        plan|teach|check|run|signal|pause|change|schedule|schema|list|show|resume|fork|replay|cancel|graph|outbox|readings)
            "_banyan_workflow_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_workflow_plan() {
    local -i ret=1
    local -ar ___kv=('f16' 'q8')
    local -ar arg_specs=(
        ':request:'
        '--name[The name of the workflow.]:name:'
        '--explain[Say why each step is there.]'
        '--output[Write to this file, .yaml, .svg or .mmd; one that exists is refused.]:output:'
        '--model[Let this language model propose the steps\: a registered name, local or remote, or a GGUF file. It can write nothing but steps of the catalogue, and what it writes is checked and mended all the same.]:name:'
        '--taught[What the planner has learned of how people ask\: a file of `banyan workflow teach`, or none for rules alone. The default is the one that comes with Banyan.]:file:'
        '--search[Try variants of the plan on a validation set, as runs of the journal, and keep the best. Steps that reach outside are never run.]'
        '--validation[The validation set\: lines of {"inputs"\: {…}, "expect"\: EXPRESSION} or {"inputs"\: {…}, "expected"\: {…}}.]:file:'
        '--budget[The most trials, a plan on a case each. The default is 400.]:n:'
        '--seconds[Begin no trial after so many seconds. The default is 600.]:n:'
        '--search-seed[What the variants are drawn by. The default is 1.]:n:'
        '--search-id[Searches of one id share their trials. By default it follows from request and validation set; name another when files that they import have changed.]:id:'
        '--import-root[The folder below which trials import. By default the one named last, else import in the data directory.]:dir:'
        '--threads[Threads of a computation. The default is one a core.]:threads:'
        '--memory[Memory for models in MiB. The default is half of the machine'\''s.]:mib:'
        '--context[Tokens of the longest conversation.]:tokens:'
        '--slots[Answers under way at once, a model.]:slots:'
        '--speculate[The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.]:tokens:'
        '--kv[How keys and values are held\: f16, or q8 for about half the memory and slightly other answers.]:format:{__banyan_complete "${___kv[@]}"}'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_teach() {
    local -i ret=1
    local -ar arg_specs=(
        '*--data[Examples. May be given several times.]:file:'
        '--out[The file to write; one that exists is refused.]:file:'
        '--held-out[Share of the examples to measure with. Those that are kept are taught all the others first, and then everything is taught anew.]:share:'
        '--epochs[Times that all examples are seen.]:n:'
        '--features[Features that are kept, those that matter most; 40 bytes each.]:n:'
        '--seed[The same seed gives the same file.]:seed:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_check() {
    local -i ret=1
    local -ar arg_specs=(
        ':file:'
        '--fix[Propose protection steps for its leaks, as a unified difference.]'
        '--write[With --fix\: change the file.]'
        '--secrets[Secrets that steps may name, one NAME=value a line; those that are missing are errors. Without it any name will do.]:file:'
        '*--allow-code[A program that code steps may run in a box, by its whole path; may be given several times. None by default.]:program:'
        '*--code-folder[A folder that code may read; may be given several times. It sees the system'\''s programs and nothing else by default.]:dir:'
        '--code-seconds[Seconds that one run of code may take.]:seconds:'
        '--code-memory[Memory of one process of code, in MiB.]:mib:'
        '--code-processes[Processes and threads of one run of code.]:count:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_run() {
    local -i ret=1
    local -ar ___call_format=('object' 'tagged')
    local -ar arg_specs=(
        ':file:'
        '*'{--input,-i}'[An input, NAME=VALUE; again for each.]:input:'
        '--input-file[A file with a JSON object of inputs; - reads standard input.]:input-file:'
        '--grade[The grade of the inputs\: L1, L2, L3, L4, important or core. The default is the highest that an input declares.]:grade:'
        '--reveal[Show a result graver than L2.]'
        '--id[The id of the run\: a run of that id that exists is carried on.]:id:'
        '--webhook[Tell of tasks that wait or are overdue by signed requests to this address.]:http\://host/path:'
        '--webhook-secret-file[The secret that signs them, in a file of mode 600.]:file:'
        '--mail-relay[Tell of them by mail through this relay.]:host\:port:'
        '--mail-from[The address that mails come from.]:address:'
        '*--mail-to[Who gets mails about tasks whose people are not mail addresses themselves; again for each.]:address:'
        '--notice-grade[Titles of tasks up to this grade are told; of others only that they wait.]:grade:'
        '--import-root[The folder below which steps import and scan. By default the one named last, else import in the data directory.]:dir:'
        '--export-root[The folder below which steps export. By default the one named last, else export in the data directory.]:dir:'
        '*--allow-host[A host that http steps may ask, as HOST or HOST\:PORT; may be given several times. None by default.]:host:'
        '--step-model[The language model of model steps; the only one imported by default.]:name:'
        '--secrets[Secrets of steps, one NAME=value a line, in a file that nobody else may read. By default the file secrets in the data directory, if it is there.]:file:'
        '*--allow-code[A program that code steps may run in a box, by its whole path; may be given several times. None by default.]:program:'
        '*--code-folder[A folder that code may read; may be given several times. It sees the system'\''s programs and nothing else by default.]:dir:'
        '--code-seconds[Seconds that one run of code may take.]:seconds:'
        '--code-memory[Memory of one process of code, in MiB.]:mib:'
        '--code-processes[Processes and threads of one run of code.]:count:'
        '--call-format[How models of agents write calls\: object, which they are held to, or tagged, for models trained to <tool_call> marks.]:format:{__banyan_complete "${___call_format[@]}"}'
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_signal() {
    local -i ret=1
    local -ar arg_specs=(
        ':run:'
        ':event:'
        '--payload[What came with it, a JSON object.]:payload:'
        '--grade[The grade of the payload. The default is L4\: unknown data count as grave.]:grade:'
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_pause() {
    local -i ret=1
    local -ar arg_specs=(
        ':run:'
        '--off[Let it go on.]'
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_change() {
    local -i ret=1
    local -ar arg_specs=(
        ':file:'
        ':run:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_schedule() {
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
            'add:Keep a trigger of a workflow.'
            'list:List triggers, the next one first.'
            'remove:Forget a trigger; its runs stay.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        add|list|remove)
            "_banyan_workflow_schedule_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_workflow_schedule_add() {
    local -i ret=1
    local -ar ___call_format=('object' 'tagged')
    local -ar arg_specs=(
        ':name:'
        ':file:'
        '--cron[When, as cron has it.]:cron:'
        '--utc-offset[Minutes east of UTC. The default is 480, China.]:utc-offset:'
        '--watch[A folder to watch.]:watch:'
        '--file-input[The input that takes the name of the file that arrived.]:file-input:'
        '--webhook[Start runs by signed requests to /v1/hooks/NAME.]'
        '--secret-file[The secret that signs them, in a file of mode 600 that stays where it is.]:file:'
        '*--map[Where in the body an input stands, NAME=member.member, or $ for the whole body; again for each. By default inputs that are not given stand under their names.]:name=path:'
        '--event[Bring this event to a run of the workflow instead, with the body as its payload.]:event:'
        '--run-from[Where in the body the id of that run stands.]:path:'
        '--when[Start a run when readings give warning\: METRIC of SUBJECT < NUMBER \[until NUMBER\] \[for COUNT\], or METRIC of SUBJECT falls \[after COUNT\]; > and rises likewise.]:rule:'
        '--reading-input[The input that takes the reading, an object.]:reading-input:'
        '--notify[Tell somebody of it, without a workflow of your own.]:address:'
        '*'{--input,-i}'[An input, NAME=VALUE; again for each.]:input:'
        '--grade[The grade of the inputs. The default is the highest that an input declares.]:grade:'
        '--import-root[The folder below which steps import and scan. By default the one named last, else import in the data directory.]:dir:'
        '--export-root[The folder below which steps export. By default the one named last, else export in the data directory.]:dir:'
        '*--allow-host[A host that http steps may ask, as HOST or HOST\:PORT; may be given several times. None by default.]:host:'
        '--step-model[The language model of model steps; the only one imported by default.]:name:'
        '--secrets[Secrets of steps, one NAME=value a line, in a file that nobody else may read. By default the file secrets in the data directory, if it is there.]:file:'
        '*--allow-code[A program that code steps may run in a box, by its whole path; may be given several times. None by default.]:program:'
        '*--code-folder[A folder that code may read; may be given several times. It sees the system'\''s programs and nothing else by default.]:dir:'
        '--code-seconds[Seconds that one run of code may take.]:seconds:'
        '--code-memory[Memory of one process of code, in MiB.]:mib:'
        '--code-processes[Processes and threads of one run of code.]:count:'
        '--call-format[How models of agents write calls\: object, which they are held to, or tagged, for models trained to <tool_call> marks.]:format:{__banyan_complete "${___call_format[@]}"}'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_schedule_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_schedule_remove() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_schema() {
    local -i ret=1
    local -ar arg_specs=(
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--status[Only runs of this status\: running, waiting, sleeping, paused, completed, failed, cancelled.]:status:'
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
        '--values[Show what steps took and gave, up to L2.]'
        '--reveal[With --values\: show what is graver than L2 too.]'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_resume() {
    local -i ret=1
    local -ar ___call_format=('object' 'tagged')
    local -ar arg_specs=(
        '--import-root[The folder below which steps import and scan. By default the one named last, else import in the data directory.]:dir:'
        '--export-root[The folder below which steps export. By default the one named last, else export in the data directory.]:dir:'
        '*--allow-host[A host that http steps may ask, as HOST or HOST\:PORT; may be given several times. None by default.]:host:'
        '--step-model[The language model of model steps; the only one imported by default.]:name:'
        '--secrets[Secrets of steps, one NAME=value a line, in a file that nobody else may read. By default the file secrets in the data directory, if it is there.]:file:'
        '*--allow-code[A program that code steps may run in a box, by its whole path; may be given several times. None by default.]:program:'
        '*--code-folder[A folder that code may read; may be given several times. It sees the system'\''s programs and nothing else by default.]:dir:'
        '--code-seconds[Seconds that one run of code may take.]:seconds:'
        '--code-memory[Memory of one process of code, in MiB.]:mib:'
        '--code-processes[Processes and threads of one run of code.]:count:'
        '--call-format[How models of agents write calls\: object, which they are held to, or tagged, for models trained to <tool_call> marks.]:format:{__banyan_complete "${___call_format[@]}"}'
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_fork() {
    local -i ret=1
    local -ar ___call_format=('object' 'tagged')
    local -ar arg_specs=(
        ':run:'
        '--from[The step to run again. The default is the one that failed.]:from:'
        '--definition[A definition in YAML in place of the run'\''s own.]:definition:'
        '--import-root[The folder below which steps import and scan. By default the one named last, else import in the data directory.]:dir:'
        '--export-root[The folder below which steps export. By default the one named last, else export in the data directory.]:dir:'
        '*--allow-host[A host that http steps may ask, as HOST or HOST\:PORT; may be given several times. None by default.]:host:'
        '--step-model[The language model of model steps; the only one imported by default.]:name:'
        '--secrets[Secrets of steps, one NAME=value a line, in a file that nobody else may read. By default the file secrets in the data directory, if it is there.]:file:'
        '*--allow-code[A program that code steps may run in a box, by its whole path; may be given several times. None by default.]:program:'
        '*--code-folder[A folder that code may read; may be given several times. It sees the system'\''s programs and nothing else by default.]:dir:'
        '--code-seconds[Seconds that one run of code may take.]:seconds:'
        '--code-memory[Memory of one process of code, in MiB.]:mib:'
        '--code-processes[Processes and threads of one run of code.]:count:'
        '--call-format[How models of agents write calls\: object, which they are held to, or tagged, for models trained to <tool_call> marks.]:format:{__banyan_complete "${___call_format[@]}"}'
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_replay() {
    local -i ret=1
    local -ar arg_specs=(
        ':run:'
        '--step[Only the step of this path, as `workflow show` lists it, and those inside it.]:path:'
        '--step-model[The language model of model steps; the only one imported by default.]:name:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
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
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_graph() {
    local -i ret=1
    local -ar ___format=('svg' 'mermaid' 'dot' 'text')
    local -ar arg_specs=(
        ':source:'
        '--format[svg, mermaid, dot or text.]:format:{__banyan_complete "${___format[@]}"}'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_outbox() {
    local -i ret=1
    local -ar arg_specs=(
        '--retry[Let what was given up wait again, notices of tasks, too.]'
        '--limit[At most this many.]:limit:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_workflow_readings() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--reveal[Show values graver than L2.]'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_agent() {
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
            'run:Work on a task; each turn and each call is shown as it is journaled.'
            'tools:List the tools that agents may be given: what they do, what may enter them, what they change.'
            'policy:Show what was learned about strategies and what each policy would have earned; say who chooses.'
            'judge:Say whether a run'\''s answer was good; what was learned from it is as if that had been known.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        run|tools|policy|judge)
            "_banyan_agent_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_banyan_agent_run() {
    local -i ret=1
    local -ar ___call_format=('object' 'tagged')
    local -ar arg_specs=(
        ':task:'
        '--tools[Tools, separated by commas; none by default. See `banyan agent tools`.]:tools:'
        '--model[The language model; the only one imported by default.]:name:'
        '--strategy[direct, act or plan; auto lets the policy choose.]:strategy:'
        '--trust[Tools whose calls need no person, separated by commas.]:trust:'
        '--grade[The grade of the task\: L1, L2, L3, L4, important or core.]:grade:'
        '--turns[Turns of the model.]:turns:'
        '--tokens[Tokens that the model may write.]:tokens:'
        '--check[An expression over answer that says whether it is good, e.g. '\''contains(answer, "42")'\''.]:check:'
        '*--allow-host[A host that http-get may ask, as HOST or HOST\:PORT; may be given several times. None by default.]:host:'
        '--call-format[How the model writes calls\: object, which it is held to, or tagged, for models trained to <tool_call> marks.]:format:{__banyan_complete "${___call_format[@]}"}'
        '--id[The id of the run\: a run of that id that exists is carried on.]:id:'
        '--reveal[Show what is graver than L2.]'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_agent_tools() {
    local -i ret=1
    local -ar arg_specs=(
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_agent_policy() {
    local -i ret=1
    local -ar arg_specs=(
        '--mode[off, collect or on, from now on.]:mode:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_agent_judge() {
    local -i ret=1
    local -ar arg_specs=(
        ':run:'
        ':verdict:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
            'list:List open tasks, the most pressing first.'
            'show:Show what a task asks, and what people have said.'
            'answer:Answer a task; its run goes on.'
            'decisions:Export what people decided, one JSON object a line, the newest first.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        list|show|answer|decisions)
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
        '--person[Only tasks that this person may answer by name.]:person:'
        '--overdue[Only tasks that are overdue.]'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_task_show() {
    local -i ret=1
    local -ar arg_specs=(
        ':task:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
        '--values[A JSON object with values of the form'\''s fields, by their ids.]:file:'
        '*--attach[A file to attach, or FIELD=FILE for a field that takes recordings or files; again for each.]:file:'
        '--otlp[Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.]:http\://host\:4318:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_task_decisions() {
    local -i ret=1
    local -ar arg_specs=(
        '--up-to[Only decisions up to this grade\: L1, L2, L3, L4, important, core.]:up-to:'
        '--limit[At most this many.]:limit:'
        '--data[The data directory.]:dir:'
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_scan() {
    local -i ret=1
    local -ar ___depth=('cascade' 'full' 'quick')
    local -ar ___format=('table' 'json' 'jsonl' 'sarif' 'csv' 'html')
    local -ar arg_specs=(
        ':path:'
        '--types[Types to look for, separated by commas\: identifiers, or group\:CATEGORY. The default is all.]:types:'
        '--min-confidence[Findings below this confidence are left out.]:min-confidence:'
        '*--pattern[A type of your own\: NAME=REGEX. May be repeated.]:name=regex:'
        '*--dictionary[A type of your own\: NAME=FILE, a file with a word or phrase a line. May be repeated.]:name=file:'
        '*--exact[A type of your own\: NAME=FILE.csv, a table of known values. Each cell of 4 to 64 characters is looked for, whatever its case, width and separators. May be repeated.]:name=file:'
        '--exact-key[A file of 16 secret bytes for the tables of --exact. The default is a new key each run.]:file:'
        '--feedback[What you said of past findings, a file of `banyan feedback`. One that does not exist yet changes nothing.]:file:'
        '--tagger[A tagger of `banyan tune tagger` for lines with Chinese\: persons, addresses and more. The default is the bundled one; lines without Chinese are read by the bundled English one.]:file:'
        '--no-tagger[Look for names and addresses by rules only, several times as fast.]'
        '--depth[How names and the like are read\: cascade (texts over 64 KiB by a quick tagger, what it doubts most by a network), full (all by networks, 0.25 MB/s) or quick (all by quick taggers). The default is cascade. A tagger of your own reads all Chinese lines, whatever the depth.]:depth:{__banyan_complete "${___depth[@]}"}'
        '--reveal[Print what was matched. Reports then hold the sensitive data itself.]'
        '--fail-on[Exit with status 1 when the label is of this grade or above, or a finding is of a type\: GRADE|TYPE|group\:CATEGORY, separated by commas.]:what:'
        '--format[table, json, jsonl, sarif, csv or html. The default is table.]:format:{__banyan_complete "${___format[@]}"}'
        '--json[The same as --format json.]'
        '--jsonl[The same as --format jsonl; from standard input, a filter of JSON lines.]'
        '--sarif[The same as --format sarif.]'
        '--csv[The same as --format csv.]'
        '--html[Write a page for people into this file too\: it needs no network and no script.]:file:'
        '--explain[Say why each candidate was kept or dropped.]'
        '--data[A data directory that makes scans of folders resumable and incremental.]:dir:'
        '--sample[Read a part of a folder'\''s files only, with a bound of what may be missed\: a share such as 10%.]:share:'
        '--sample-count[The same with a number of files.]:files:'
        '--confidence[The confidence of the bound.]:confidence:'
        '--seed[Decides which files a sample has.]:seed:'
        '--threads[Files at once. The default is one a core.]:threads:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_banyan_feedback() {
    local -i ret=1
    local -ar arg_specs=(
        ':file:'
        '--confirm[A finding of this type was right.]:type:'
        '--reject[A finding of this type was none.]:type:'
        '--confidence[The score that the JSON report gives the finding, or its confidence, 0 to 1; without feedback, if the report was made with some.]:confidence:'
        '*--word[A word near the finding that speaks for it, or against it. May be repeated.]:word:'
        '--show[Print what was said and what follows.]'
        '--undo[Take the last verdict back.]'
        '--effect[Print how many findings of a JSON report would change.]:report:'
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
        '--database[A PostgreSQL database for all but blobs, in place of the directory'\''s own file. Without a password\: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.]:postgresql\://user@host/name:'
        '--database-file[The same from a file of mode 600, password and all.]:file:'
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
