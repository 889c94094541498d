#!/bin/bash

__banyan_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__banyan_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__banyan_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__banyan_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_banyan() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    demo|serve|worker|model|chat|tune|workflow|agent|task|knowledge|scan|feedback|audit|token|doctor|help)
        # Offer subcommand argument completions
        "_banyan_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'demo serve worker model chat tune workflow agent task knowledge scan feedback audit token doctor help' -- "${cur}"))
        ;;
    esac
}

_banyan_demo() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    government)
        # Offer subcommand argument completions
        "_banyan_demo_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'government' -- "${cur}"))
        ;;
    esac
}

_banyan_demo_government() {
    repeating_flags=()
    non_repeating_flags=(--json --leave-tasks --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file --directory --knowledge --requests --departments --width --model)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--directory')
        return
        ;;
    '--knowledge')
        return
        ;;
    '--requests')
        return
        ;;
    '--departments')
        return
        ;;
    '--width')
        return
        ;;
    '--model')
        return
        ;;
    esac
}

_banyan_serve() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--allow-host --allow-code --code-folder --mail-to)
    non_repeating_options=(--import-root --export-root --step-model --secrets --code-seconds --code-memory --code-processes --call-format --data --database --database-file --host --port --token-file --webhook --webhook-secret-file --mail-relay --mail-from --notice-grade --otlp --threads --memory --context --slots --speculate --kv --tuning-memory --key-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--import-root')
        return
        ;;
    '--export-root')
        return
        ;;
    '--allow-host')
        return
        ;;
    '--step-model')
        return
        ;;
    '--secrets')
        return
        ;;
    '--allow-code')
        return
        ;;
    '--code-folder')
        return
        ;;
    '--code-seconds')
        return
        ;;
    '--code-memory')
        return
        ;;
    '--code-processes')
        return
        ;;
    '--call-format')
        __banyan_add_completions -W 'object'$'\n''tagged'
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--host')
        return
        ;;
    '--port')
        return
        ;;
    '--token-file')
        return
        ;;
    '--webhook')
        return
        ;;
    '--webhook-secret-file')
        return
        ;;
    '--mail-relay')
        return
        ;;
    '--mail-from')
        return
        ;;
    '--mail-to')
        return
        ;;
    '--notice-grade')
        return
        ;;
    '--otlp')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--context')
        return
        ;;
    '--slots')
        return
        ;;
    '--speculate')
        return
        ;;
    '--kv')
        __banyan_add_completions -W 'f16'$'\n''q8'
        return
        ;;
    '--tuning-memory')
        return
        ;;
    '--key-file')
        return
        ;;
    esac
}

_banyan_worker() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--allow-host --allow-code --code-folder)
    non_repeating_options=(--concurrency --import-root --export-root --step-model --secrets --code-seconds --code-memory --code-processes --call-format --otlp --data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--concurrency')
        return
        ;;
    '--import-root')
        return
        ;;
    '--export-root')
        return
        ;;
    '--allow-host')
        return
        ;;
    '--step-model')
        return
        ;;
    '--secrets')
        return
        ;;
    '--allow-code')
        return
        ;;
    '--code-folder')
        return
        ;;
    '--code-seconds')
        return
        ;;
    '--code-memory')
        return
        ;;
    '--code-processes')
        return
        ;;
    '--call-format')
        __banyan_add_completions -W 'object'$'\n''tagged'
        return
        ;;
    '--otlp')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_model() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    import|add-remote|list|show|quantize|merge|bench|tokens|perplexity|embed|price|remove)
        # Offer subcommand argument completions
        "_banyan_model_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'import add-remote list show quantize merge bench tokens perplexity embed price remove' -- "${cur}"))
        ;;
    esac
}

_banyan_model_import() {
    repeating_flags=()
    non_repeating_flags=(--in-place --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--name --scheme --base --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--name')
        return
        ;;
    '--scheme')
        return
        ;;
    '--base')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_model_add-remote() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--url --model --key-file --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--url')
        return
        ;;
    '--model')
        return
        ;;
    '--key-file')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_model_list() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_model_show() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_model_quantize() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--scheme --threads --memory --context --slots --speculate --kv)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--scheme')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--context')
        return
        ;;
    '--slots')
        return
        ;;
    '--speculate')
        return
        ;;
    '--kv')
        __banyan_add_completions -W 'f16'$'\n''q8'
        return
        ;;
    esac
}

_banyan_model_merge() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file --adapter --out)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--adapter')
        return
        ;;
    '--out')
        return
        ;;
    esac
}

_banyan_model_bench() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--prompt --answer --depth --parallel --rounds --threads --memory --context --slots --speculate --kv)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--prompt')
        return
        ;;
    '--answer')
        return
        ;;
    '--depth')
        return
        ;;
    '--parallel')
        return
        ;;
    '--rounds')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--context')
        return
        ;;
    '--slots')
        return
        ;;
    '--speculate')
        return
        ;;
    '--kv')
        __banyan_add_completions -W 'f16'$'\n''q8'
        return
        ;;
    esac
}

_banyan_model_tokens() {
    repeating_flags=()
    non_repeating_flags=(--bare --specials --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file --separator)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--separator')
        return
        ;;
    esac
}

_banyan_model_perplexity() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file --context --chunks --threads)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--context')
        return
        ;;
    '--chunks')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_banyan_model_embed() {
    repeating_flags=()
    non_repeating_flags=(--measure --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file --threads)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_banyan_model_price() {
    repeating_flags=()
    non_repeating_flags=(--off --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--read --written --currency --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--read')
        return
        ;;
    '--written')
        return
        ;;
    '--currency')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_model_remove() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_chat() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--prompt --system --temperature --seed --max-tokens --history --grammar --json-schema --data --database --database-file --threads --memory --context --slots --speculate --kv)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--prompt')
        return
        ;;
    '--system')
        return
        ;;
    '--temperature')
        return
        ;;
    '--seed')
        return
        ;;
    '--max-tokens')
        return
        ;;
    '--history')
        return
        ;;
    '--grammar')
        return
        ;;
    '--json-schema')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--context')
        return
        ;;
    '--slots')
        return
        ;;
    '--speculate')
        return
        ;;
    '--kv')
        __banyan_add_completions -W 'f16'$'\n''q8'
        return
        ;;
    esac
}

_banyan_tune() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    lora|image|classifier|tagger|audio|tabular|classify|tag|continual|withdraw|embedding|embed|check)
        # Offer subcommand argument completions
        "_banyan_tune_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'lora image classifier tagger audio tabular classify tag continual withdraw embedding embed check' -- "${cur}"))
        ;;
    esac
}

_banyan_tune_lora() {
    repeating_flags=()
    non_repeating_flags=(--rank-stabilized --magnitudes --pack --recompute --exact --resume --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--model --data --validation --format --answers --rank --alpha --targets --dropout --context --accumulate --beta --decay --from --register --models --out --epochs --batch --rate --held-out --patience --seed --license --threads --memory --keep-every)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--model')
        return
        ;;
    '--data')
        return
        ;;
    '--validation')
        return
        ;;
    '--format')
        __banyan_add_completions -W 'messages'$'\n''alpaca'$'\n''conversations'$'\n''text'$'\n''preference'$'\n''openai-preference'
        return
        ;;
    '--answers')
        __banyan_add_completions -W 'all'$'\n''last'
        return
        ;;
    '--rank')
        return
        ;;
    '--alpha')
        return
        ;;
    '--targets')
        return
        ;;
    '--dropout')
        return
        ;;
    '--context')
        return
        ;;
    '--accumulate')
        return
        ;;
    '--beta')
        return
        ;;
    '--decay')
        return
        ;;
    '--from')
        return
        ;;
    '--register')
        return
        ;;
    '--models')
        return
        ;;
    '--out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch')
        return
        ;;
    '--rate')
        return
        ;;
    '--held-out')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--keep-every')
        return
        ;;
    esac
}

_banyan_tune_image() {
    repeating_flags=()
    non_repeating_flags=(--resume --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --labels --out --epochs --batch --rate --held-out --patience --seed --license --threads --memory --keep-every)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--labels')
        return
        ;;
    '--out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch')
        return
        ;;
    '--rate')
        return
        ;;
    '--held-out')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--keep-every')
        return
        ;;
    esac
}

_banyan_tune_classifier() {
    repeating_flags=()
    non_repeating_flags=(--resume --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --text --label --held-out-data --buckets --width --out --epochs --batch --rate --held-out --patience --seed --license --threads --memory --keep-every)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--text')
        return
        ;;
    '--label')
        return
        ;;
    '--held-out-data')
        return
        ;;
    '--buckets')
        return
        ;;
    '--width')
        return
        ;;
    '--out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch')
        return
        ;;
    '--rate')
        return
        ;;
    '--held-out')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--keep-every')
        return
        ;;
    esac
}

_banyan_tune_tagger() {
    repeating_flags=()
    non_repeating_flags=(--quick --resume --json --version -h --help)
    repeating_options=(--data --words)
    non_repeating_options=(--held-out-data --types --width --dilations --recurrences --pairs --threes --known-from --dropout --changes --consistency --decay --features --out --epochs --batch --rate --held-out --patience --seed --license --threads --memory --keep-every)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--held-out-data')
        return
        ;;
    '--types')
        return
        ;;
    '--words')
        return
        ;;
    '--width')
        return
        ;;
    '--dilations')
        return
        ;;
    '--recurrences')
        return
        ;;
    '--pairs')
        return
        ;;
    '--threes')
        return
        ;;
    '--known-from')
        return
        ;;
    '--dropout')
        return
        ;;
    '--changes')
        return
        ;;
    '--consistency')
        return
        ;;
    '--decay')
        return
        ;;
    '--features')
        return
        ;;
    '--out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch')
        return
        ;;
    '--rate')
        return
        ;;
    '--held-out')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--keep-every')
        return
        ;;
    esac
}

_banyan_tune_audio() {
    repeating_flags=()
    non_repeating_flags=(--resume --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --label-from --labels --frames --out --epochs --batch --rate --held-out --patience --seed --license --threads --memory --keep-every)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--label-from')
        __banyan_add_completions -W 'name'$'\n''folder'
        return
        ;;
    '--labels')
        return
        ;;
    '--frames')
        return
        ;;
    '--out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch')
        return
        ;;
    '--rate')
        return
        ;;
    '--held-out')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--keep-every')
        return
        ;;
    esac
}

_banyan_tune_tabular() {
    repeating_flags=()
    non_repeating_flags=(--resume --json --version -h --help)
    repeating_options=(--ignore)
    non_repeating_options=(--data --target --task --width --out --epochs --batch --rate --held-out --patience --seed --license --threads --memory --keep-every)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--target')
        return
        ;;
    '--task')
        __banyan_add_completions -W 'label'$'\n''number'
        return
        ;;
    '--ignore')
        return
        ;;
    '--width')
        return
        ;;
    '--out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch')
        return
        ;;
    '--rate')
        return
        ;;
    '--held-out')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--keep-every')
        return
        ;;
    esac
}

_banyan_tune_classify() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--model --task --threads)
    __banyan_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--model')
        return
        ;;
    '--task')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_banyan_tune_tag() {
    repeating_flags=()
    non_repeating_flags=(--text --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--model --evaluate --threads)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--model')
        return
        ;;
    '--evaluate')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_banyan_tune_continual() {
    repeating_flags=()
    non_repeating_flags=(--resume --json --version -h --help)
    repeating_options=(--task)
    non_repeating_options=(--method --limit --buffer --strength --rank --buckets --width --out --epochs --batch --rate --held-out --patience --seed --license --threads --memory --keep-every)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--task')
        return
        ;;
    '--method')
        __banyan_add_completions -W 'plain'$'\n''replay'$'\n''ewc'$'\n''adapters'$'\n''joint'
        return
        ;;
    '--limit')
        return
        ;;
    '--buffer')
        return
        ;;
    '--strength')
        return
        ;;
    '--rank')
        return
        ;;
    '--buckets')
        return
        ;;
    '--width')
        return
        ;;
    '--out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch')
        return
        ;;
    '--rate')
        return
        ;;
    '--held-out')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--keep-every')
        return
        ;;
    esac
}

_banyan_tune_withdraw() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--model --source --out)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--model')
        return
        ;;
    '--source')
        return
        ;;
    '--out')
        return
        ;;
    esac
}

_banyan_tune_embedding() {
    repeating_flags=()
    non_repeating_flags=(--resume --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --words --held-out-data --memory-size --width --hidden --out --epochs --batch --rate --held-out --patience --seed --license --threads --memory --keep-every)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--words')
        return
        ;;
    '--held-out-data')
        return
        ;;
    '--memory-size')
        return
        ;;
    '--width')
        return
        ;;
    '--hidden')
        return
        ;;
    '--out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch')
        return
        ;;
    '--rate')
        return
        ;;
    '--held-out')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--license')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--keep-every')
        return
        ;;
    esac
}

_banyan_tune_embed() {
    repeating_flags=()
    non_repeating_flags=(--measure --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--model --search --limit --threads)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--model')
        return
        ;;
    '--search')
        return
        ;;
    '--limit')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_banyan_tune_check() {
    repeating_flags=()
    non_repeating_flags=(--tokens --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --validation --format --model --length --answers --models)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--validation')
        return
        ;;
    '--format')
        __banyan_add_completions -W 'messages'$'\n''alpaca'$'\n''conversations'$'\n''text'$'\n''preference'$'\n''openai-preference'
        return
        ;;
    '--model')
        return
        ;;
    '--length')
        return
        ;;
    '--answers')
        __banyan_add_completions -W 'all'$'\n''last'
        return
        ;;
    '--models')
        return
        ;;
    esac
}

_banyan_workflow() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    plan|teach|check|run|signal|pause|change|schedule|schema|list|show|resume|fork|replay|cancel|graph|outbox|readings)
        # Offer subcommand argument completions
        "_banyan_workflow_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'plan teach check run signal pause change schedule schema list show resume fork replay cancel graph outbox readings' -- "${cur}"))
        ;;
    esac
}

_banyan_workflow_plan() {
    repeating_flags=()
    non_repeating_flags=(--explain --search --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--name --output --model --taught --validation --budget --seconds --search-seed --search-id --import-root --threads --memory --context --slots --speculate --kv --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--name')
        return
        ;;
    '--output')
        return
        ;;
    '--model')
        return
        ;;
    '--taught')
        return
        ;;
    '--validation')
        return
        ;;
    '--budget')
        return
        ;;
    '--seconds')
        return
        ;;
    '--search-seed')
        return
        ;;
    '--search-id')
        return
        ;;
    '--import-root')
        return
        ;;
    '--threads')
        return
        ;;
    '--memory')
        return
        ;;
    '--context')
        return
        ;;
    '--slots')
        return
        ;;
    '--speculate')
        return
        ;;
    '--kv')
        __banyan_add_completions -W 'f16'$'\n''q8'
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_teach() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--data)
    non_repeating_options=(--out --held-out --epochs --features --seed)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--out')
        return
        ;;
    '--held-out')
        return
        ;;
    '--epochs')
        return
        ;;
    '--features')
        return
        ;;
    '--seed')
        return
        ;;
    esac
}

_banyan_workflow_check() {
    repeating_flags=()
    non_repeating_flags=(--fix --write --json --version -h --help)
    repeating_options=(--allow-code --code-folder)
    non_repeating_options=(--secrets --code-seconds --code-memory --code-processes)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--secrets')
        return
        ;;
    '--allow-code')
        return
        ;;
    '--code-folder')
        return
        ;;
    '--code-seconds')
        return
        ;;
    '--code-memory')
        return
        ;;
    '--code-processes')
        return
        ;;
    esac
}

_banyan_workflow_run() {
    repeating_flags=()
    non_repeating_flags=(--reveal --json --version -h --help)
    repeating_options=(--input -i --mail-to --allow-host --allow-code --code-folder)
    non_repeating_options=(--input-file --grade --id --webhook --webhook-secret-file --mail-relay --mail-from --notice-grade --import-root --export-root --step-model --secrets --code-seconds --code-memory --code-processes --call-format --otlp --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--input'|'-i')
        return
        ;;
    '--input-file')
        return
        ;;
    '--grade')
        return
        ;;
    '--id')
        return
        ;;
    '--webhook')
        return
        ;;
    '--webhook-secret-file')
        return
        ;;
    '--mail-relay')
        return
        ;;
    '--mail-from')
        return
        ;;
    '--mail-to')
        return
        ;;
    '--notice-grade')
        return
        ;;
    '--import-root')
        return
        ;;
    '--export-root')
        return
        ;;
    '--allow-host')
        return
        ;;
    '--step-model')
        return
        ;;
    '--secrets')
        return
        ;;
    '--allow-code')
        return
        ;;
    '--code-folder')
        return
        ;;
    '--code-seconds')
        return
        ;;
    '--code-memory')
        return
        ;;
    '--code-processes')
        return
        ;;
    '--call-format')
        __banyan_add_completions -W 'object'$'\n''tagged'
        return
        ;;
    '--otlp')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_signal() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--payload --grade --otlp --data --database --database-file)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--payload')
        return
        ;;
    '--grade')
        return
        ;;
    '--otlp')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_pause() {
    repeating_flags=()
    non_repeating_flags=(--off --version -h --help)
    repeating_options=()
    non_repeating_options=(--otlp --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--otlp')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_change() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_schedule() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|list|remove)
        # Offer subcommand argument completions
        "_banyan_workflow_schedule_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add list remove' -- "${cur}"))
        ;;
    esac
}

_banyan_workflow_schedule_add() {
    repeating_flags=()
    non_repeating_flags=(--webhook --version -h --help)
    repeating_options=(--map --input -i --allow-host --allow-code --code-folder)
    non_repeating_options=(--cron --utc-offset --watch --file-input --secret-file --event --run-from --when --reading-input --notify --grade --import-root --export-root --step-model --secrets --code-seconds --code-memory --code-processes --call-format --data --database --database-file)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--cron')
        return
        ;;
    '--utc-offset')
        return
        ;;
    '--watch')
        return
        ;;
    '--file-input')
        return
        ;;
    '--secret-file')
        return
        ;;
    '--map')
        return
        ;;
    '--event')
        return
        ;;
    '--run-from')
        return
        ;;
    '--when')
        return
        ;;
    '--reading-input')
        return
        ;;
    '--notify')
        return
        ;;
    '--input'|'-i')
        return
        ;;
    '--grade')
        return
        ;;
    '--import-root')
        return
        ;;
    '--export-root')
        return
        ;;
    '--allow-host')
        return
        ;;
    '--step-model')
        return
        ;;
    '--secrets')
        return
        ;;
    '--allow-code')
        return
        ;;
    '--code-folder')
        return
        ;;
    '--code-seconds')
        return
        ;;
    '--code-memory')
        return
        ;;
    '--code-processes')
        return
        ;;
    '--call-format')
        __banyan_add_completions -W 'object'$'\n''tagged'
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_schedule_list() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_schedule_remove() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_schema() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0
}

_banyan_workflow_list() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file --status --limit)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--status')
        return
        ;;
    '--limit')
        return
        ;;
    esac
}

_banyan_workflow_show() {
    repeating_flags=()
    non_repeating_flags=(--values --reveal --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_resume() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--allow-host --allow-code --code-folder)
    non_repeating_options=(--import-root --export-root --step-model --secrets --code-seconds --code-memory --code-processes --call-format --otlp --data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--import-root')
        return
        ;;
    '--export-root')
        return
        ;;
    '--allow-host')
        return
        ;;
    '--step-model')
        return
        ;;
    '--secrets')
        return
        ;;
    '--allow-code')
        return
        ;;
    '--code-folder')
        return
        ;;
    '--code-seconds')
        return
        ;;
    '--code-memory')
        return
        ;;
    '--code-processes')
        return
        ;;
    '--call-format')
        __banyan_add_completions -W 'object'$'\n''tagged'
        return
        ;;
    '--otlp')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_fork() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--allow-host --allow-code --code-folder)
    non_repeating_options=(--from --definition --import-root --export-root --step-model --secrets --code-seconds --code-memory --code-processes --call-format --otlp --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--from')
        return
        ;;
    '--definition')
        return
        ;;
    '--import-root')
        return
        ;;
    '--export-root')
        return
        ;;
    '--allow-host')
        return
        ;;
    '--step-model')
        return
        ;;
    '--secrets')
        return
        ;;
    '--allow-code')
        return
        ;;
    '--code-folder')
        return
        ;;
    '--code-seconds')
        return
        ;;
    '--code-memory')
        return
        ;;
    '--code-processes')
        return
        ;;
    '--call-format')
        __banyan_add_completions -W 'object'$'\n''tagged'
        return
        ;;
    '--otlp')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_replay() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--step --step-model --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--step')
        return
        ;;
    '--step-model')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_cancel() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--otlp --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--otlp')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_graph() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--format --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __banyan_add_completions -W 'svg'$'\n''mermaid'$'\n''dot'$'\n''text'
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_outbox() {
    repeating_flags=()
    non_repeating_flags=(--retry --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--limit --data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--limit')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_workflow_readings() {
    repeating_flags=()
    non_repeating_flags=(--reveal --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_agent() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    run|tools|policy|judge)
        # Offer subcommand argument completions
        "_banyan_agent_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'run tools policy judge' -- "${cur}"))
        ;;
    esac
}

_banyan_agent_run() {
    repeating_flags=()
    non_repeating_flags=(--reveal --json --version -h --help)
    repeating_options=(--allow-host)
    non_repeating_options=(--tools --model --strategy --trust --grade --turns --tokens --check --call-format --id --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--tools')
        return
        ;;
    '--model')
        return
        ;;
    '--strategy')
        return
        ;;
    '--trust')
        return
        ;;
    '--grade')
        return
        ;;
    '--turns')
        return
        ;;
    '--tokens')
        return
        ;;
    '--check')
        return
        ;;
    '--allow-host')
        return
        ;;
    '--call-format')
        __banyan_add_completions -W 'object'$'\n''tagged'
        return
        ;;
    '--id')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_agent_tools() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0
}

_banyan_agent_policy() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--mode --data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--mode')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_agent_judge() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_task() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|answer|decisions)
        # Offer subcommand argument completions
        "_banyan_task_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show answer decisions' -- "${cur}"))
        ;;
    esac
}

_banyan_task_list() {
    repeating_flags=()
    non_repeating_flags=(--overdue --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--person --data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--person')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_task_show() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_task_answer() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--attach)
    non_repeating_options=(--by --comment --values --otlp --data --database --database-file)
    __banyan_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--by')
        return
        ;;
    '--comment')
        return
        ;;
    '--values')
        return
        ;;
    '--attach')
        return
        ;;
    '--otlp')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_task_decisions() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--up-to --limit --data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--up-to')
        return
        ;;
    '--limit')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_knowledge() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    ingest|search|list|forget)
        # Offer subcommand argument completions
        "_banyan_knowledge_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'ingest search list forget' -- "${cur}"))
        ;;
    esac
}

_banyan_knowledge_ingest() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--grade --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--grade')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_knowledge_search() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--clearance --limit --data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--clearance')
        return
        ;;
    '--limit')
        return
        ;;
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_knowledge_list() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_knowledge_forget() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_scan() {
    repeating_flags=()
    non_repeating_flags=(--no-tagger --reveal --json --jsonl --sarif --csv --explain --version -h --help)
    repeating_options=(--pattern --dictionary --exact)
    non_repeating_options=(--types --min-confidence --exact-key --feedback --tagger --depth --fail-on --format --html --data --sample --sample-count --confidence --seed --threads)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--types')
        return
        ;;
    '--min-confidence')
        return
        ;;
    '--pattern')
        return
        ;;
    '--dictionary')
        return
        ;;
    '--exact')
        return
        ;;
    '--exact-key')
        return
        ;;
    '--feedback')
        return
        ;;
    '--tagger')
        return
        ;;
    '--depth')
        __banyan_add_completions -W 'cascade'$'\n''full'$'\n''quick'
        return
        ;;
    '--fail-on')
        return
        ;;
    '--format')
        __banyan_add_completions -W 'table'$'\n''json'$'\n''jsonl'$'\n''sarif'$'\n''csv'$'\n''html'
        return
        ;;
    '--html')
        return
        ;;
    '--data')
        return
        ;;
    '--sample')
        return
        ;;
    '--sample-count')
        return
        ;;
    '--confidence')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_banyan_feedback() {
    repeating_flags=()
    non_repeating_flags=(--show --undo --version -h --help)
    repeating_options=(--word)
    non_repeating_options=(--confirm --reject --confidence --effect)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--confirm')
        return
        ;;
    '--reject')
        return
        ;;
    '--confidence')
        return
        ;;
    '--word')
        return
        ;;
    '--effect')
        return
        ;;
    esac
}

_banyan_audit() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    verify|show)
        # Offer subcommand argument completions
        "_banyan_audit_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'verify show' -- "${cur}"))
        ;;
    esac
}

_banyan_audit_verify() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_audit_show() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file --limit)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    '--limit')
        return
        ;;
    esac
}

_banyan_token() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add)
        # Offer subcommand argument completions
        "_banyan_token_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add' -- "${cur}"))
        ;;
    esac
}

_banyan_token_add() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--file --clearance)
    __banyan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--file')
        return
        ;;
    '--clearance')
        return
        ;;
    esac
}

_banyan_doctor() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--data --database --database-file)
    __banyan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--data')
        return
        ;;
    '--database')
        return
        ;;
    '--database-file')
        return
        ;;
    esac
}

_banyan_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __banyan_offer_flags_options -1
}

complete -o filenames -F _banyan banyan
